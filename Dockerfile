# Two stages: what builds does not ship. No secret goes in: settings come from the environment at start.
ARG PYTHON=3.13-slim-bookworm

FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/maillage
WORKDIR /src
COPY requirements.txt requirements-dev.txt ./
# The clients of PostgreSQL and Elasticsearch are extras: their pins stand in the second file, which only constrains here.
RUN /opt/maillage/bin/pip install -r requirements.txt 'psycopg[binary]' elasticsearch -c requirements-dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY indexer indexer
COPY crawlers crawlers
COPY search_api search_api
COPY ui ui
# Beside the environment that ships: Node stays in this stage.
COPY requirements-assets.txt ./
RUN python -m ui.build_assets
RUN /opt/maillage/bin/pip install --no-deps .

FROM python:${PYTHON}
RUN groupadd --gid 10001 maillage \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin maillage \
 && install --directory --owner=maillage --group=maillage --mode=0750 /data
COPY --from=build /opt/maillage /opt/maillage
ENV PATH=/opt/maillage/bin:$PATH MAILLAGE_DATA_DIR=/data PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
WORKDIR /data
# The encoder's model is written here at the first start, in seconds, from the weights that the image holds:
# a volume then has the model of its program even after an upgrade, and the image stays 82 MB smaller.
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["maillage", "serve", "--host", "0.0.0.0", "--port", "8000"]
