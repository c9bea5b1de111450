"""An atlas, stage by stage: beside bare passes, as it grows, and divided among workers."""

from benchmarks.atlas_collection import collection_text, measure_collection
from benchmarks.atlas_growth import growth_text, measure_growth
from benchmarks.atlas_workers import division_text, measure_division


def atlas_section() -> str:
    """Measure, and tabulate what atlases cost."""
    collection, growth = measure_collection(), measure_growth()
    return f"""### Collecting

{collection_text(collection)}

### As it grows

{growth_text(growth)}

### Divided among workers

{division_text(measure_division())}"""
