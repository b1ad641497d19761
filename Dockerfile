# NOT TRIED YET: written without a Docker to build it, and linted (hadolint).
# One image for three uses: `docker build`, the devcontainer, and Binder (which takes a Dockerfile in this place).
#
# The digest is the one that several public projects record for this tag; it was not fetched where this was written. A wrong
# one stops the build. To renew it: docker buildx imagetools inspect python:3.13-slim-bookworm
FROM python:3.13.12-slim-bookworm@sha256:a58daefb915e1e03ad48f3ca4df8832065412c5c35cacb9d39f4229184de12b6

# Browser and poppler are for the tests alone; what they are today is good enough.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends chromium git make poppler-utils \
    && rm -rf /var/lib/apt/lists/*

# Binder runs as this user, and asks for Jupyter.
ARG NB_USER=reader
ARG NB_UID=1000
RUN useradd --create-home --uid ${NB_UID} ${NB_USER} \
    && python -m pip install --no-cache-dir "uv>=0.5" "jupyterlab>=4,<5"
ENV HOME=/home/${NB_USER}
COPY --chown=${NB_UID}:${NB_UID} . ${HOME}/paper
USER ${NB_USER}
WORKDIR ${HOME}/paper
RUN make set-up

CMD ["make", "paper"]
