"""The report's section on the whole service."""

from benchmarks.service import measure_service


def service_section() -> str:
    """Measure, and tabulate the service under load."""
    times = measure_service()
    rows = "\n".join(
        f"| `{route}` | {clients} | {result.p50_ms:.0f} | {result.p99_ms:.0f} "
        f"| {result.images_per_second:.0f} "
        f"| {result.images_per_second / times.bare_images_per_second:.2f} |"
        for (route, clients), result in times.results.items()
    )
    own = times.results["/explain/gradcam", 1]
    kernel_ms = own.stages_ms["compute"]
    stages = ", ".join(
        f"{name} {own.stages_ms[name]:.1f}" for name in ("decode", "queue", "batch", "render")
    )
    return f"""`vitrine up` with one worker; clients, front and worker share the same cores. The
bare forward pass in batches of 16 reaches {times.bare_images_per_second:.0f} images/s,
measured before and after. Explanations are answered with heatmap and overlay as PNG.

| route | clients | p50 ms | p99 ms | images/s | ÷ bare batched forward |
|---|---|---|---|---|---|
{rows}

One client, Grad-CAM: the service's own part of a request (all but the kernel and the client's
sending) is {own.own_ms:.1f} ms ({stages}),
{own.own_ms / kernel_ms:.2f} of the {kernel_ms:.1f} ms that the kernel takes in the same
requests. A front answers after {times.front_start_seconds:.1f} s of a processor."""
