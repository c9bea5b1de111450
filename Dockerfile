# The front: HTTP in and out, without TensorFlow. About 500 MB, most of it OpenCV and NumPy.
#
#   docker build -t vitrine-front:0.1.0 .
#
# What the build needs beyond this folder is a Python base image and a package index.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/vitrine
ENV PATH=/opt/vitrine/bin:$PATH
WORKDIR /build
# Before our own files: what is pinned changes seldom, and the layer is kept meanwhile.
COPY requirements/front.lock requirements/s3.lock requirements/tracing.lock requirements/
RUN pip install --no-deps --require-hashes -r requirements/front.lock \
    && pip install --no-deps --require-hashes -r requirements/s3.lock \
    && pip install --no-deps --require-hashes -r requirements/tracing.lock
COPY . .
RUN pip install --no-deps .

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /tmp vitrine \
    && install -d -o vitrine -g vitrine /var/lib/vitrine /scratch
COPY --from=build /opt/vitrine /opt/vitrine
# The root file system may be read-only: what is written goes to the store, /scratch and /tmp.
ENV PATH=/opt/vitrine/bin:$PATH \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp/matplotlib \
    PYTHONDONTWRITEBYTECODE=1 \
    TMPDIR=/scratch \
    VITRINE_SERVICE_HOST=0.0.0.0 \
    VITRINE_SERVICE_STORE=/var/lib/vitrine
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "service.alive"]
CMD ["vitrine", "serve"]
