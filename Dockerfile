# The service in one image: Python, the locked packages, the data and an index built from it.
# Runs as a user without rights, with a read-only root, and needs no network at start:
#   docker run --read-only -p 8000:8000 negative-list
# BASE: any image that has python3 (3.11 or newer) with venv at the same place in both stages.
ARG BASE=python:3.12-slim-bookworm

FROM ${BASE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements.txt ./
# A mirror may be given as a secret: docker build --secret id=pip.conf,src=pip.conf .
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf,required=false \
    python3 -m venv /opt/negative-list/venv \
    && /opt/negative-list/venv/bin/python -m pip install --require-hashes --only-binary :all: -r requirements.txt
COPY pyproject.toml requirements.in README.md LICENSE LICENSE-DATA.md ./
COPY negative_list negative_list
COPY service service
# A first start keeps the compiled templates beside the index. pip and setuptools have done their work then; the index
# is owned by root and writable by nobody else, which is what the service asks of an index before it trusts it.
RUN /opt/negative-list/venv/bin/python -m pip install --no-deps --no-build-isolation . \
    && export NEGATIVE_LIST_INDEX=/opt/negative-list/index \
    && /opt/negative-list/venv/bin/negative-list index \
    && /opt/negative-list/venv/bin/python -c "from service.app import create_app; create_app()" \
    && /opt/negative-list/venv/bin/python -m pip uninstall --yes setuptools pip \
    && chmod -R u=rwX,go=rX /opt/negative-list

FROM ${BASE}
LABEL org.opencontainers.image.title="negative-list" \
      org.opencontainers.image.description="Is a business open, restricted or prohibited to foreign investors in China? A REST API." \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0"
COPY --from=build /opt/negative-list /opt/negative-list
# HOST and PORT by their plain names, so that what a platform or an operator sets comes before them.
ENV PATH=/opt/negative-list/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NEGATIVE_LIST_INDEX=/opt/negative-list/index \
    HOST=0.0.0.0 \
    PORT=8000
WORKDIR /opt/negative-list
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:' + (os.environ.get('NEGATIVE_LIST_PORT') or os.environ['PORT']) + '/readyz', timeout=4)"]
CMD ["gunicorn", "-c", "python:service.gunicorn_conf"]
