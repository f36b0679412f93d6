# syntax=docker/dockerfile:1
# The application alone: database and event store are named, nothing is embedded.

FROM node:20.20.2-bookworm-slim AS build
WORKDIR /kim
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY libs libs
COPY test test
RUN node scripts/build.mjs

FROM node:20.20.2-bookworm-slim AS dependencies
WORKDIR /kim
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL's programs are optional packages.
RUN npm ci --omit=dev --omit=optional

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production \
    KIM_DATA_DIR=/var/lib/kim/data \
    KIM_LEDGER=/var/lib/kim/ledger
WORKDIR /kim
# A volume takes over the owner of the folder that it is mounted on.
RUN install --directory --owner=node --group=node --mode=0700 /var/lib/kim/data /var/lib/kim/ledger
COPY LICENSE package.json ./
COPY data data
COPY scripts scripts
COPY --from=dependencies /kim/node_modules node_modules
COPY --from=build /kim/dist/src dist/src
COPY --from=build /kim/dist/libs dist/libs
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The operator's commands: docker compose run --rm kim dist/src/cli.js projections
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/src/main.js"]
