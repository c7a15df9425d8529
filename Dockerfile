# The base is pinned by digest (an index of all platforms). The engine test passes a base of its own instead.
ARG BASE=python:3.13.15-slim-trixie@sha256:ffb752e139c0a19692a43af8d8523b274222dd68eebad5d583b45c2201c6e30a

FROM ${BASE} AS build
COPY requirements.txt /tmp/requirements.txt
# Hash-locked wheels only: nothing is compiled, and no package runs code of its own while it is installed. One of them
# (actions-toolkit) brings its tests as a package called `tests`, and PyGithub with a whole cryptography for a module that
# we do not use: a third of the image, and of what scanners find in it.
RUN python3 -m venv --without-pip /opt/venv \
 && python3 -m pip --python /opt/venv/bin/python install --no-cache-dir --no-compile \
    --require-hashes --only-binary :all: --requirement /tmp/requirements.txt \
 && python3 -m pip --python /opt/venv/bin/python uninstall --yes pygithub pynacl cryptography pyjwt cffi pycparser \
 && rm -rf /opt/venv/lib/python3.*/site-packages/tests
COPY src/profile_cd /app/src/profile_cd
COPY entrypoint.py /app/
# Without bytecode each run would compile all modules first, which takes four times as long as importing them.
RUN python3 -m compileall -q --invalidation-mode unchecked-hash /opt/venv/lib /app/src

FROM ${BASE}
LABEL org.opencontainers.image.title="profile-cd" \
      org.opencontainers.image.description="Keeps the versions that a Git repository describes up to date" \
      org.opencontainers.image.source="https://github.com/infitx-org/profile-cd-action" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
# No USER and no WORKDIR: the runner sets both. Exec form: a shell would drop every input with a hyphen in its name.
# -I: neither variables nor files of the job may change which code runs. -B, -u: write no bytecode, buffer no line.
ENTRYPOINT ["/opt/venv/bin/python", "-I", "-B", "-u", "-X", "utf8", "/app/entrypoint.py"]
