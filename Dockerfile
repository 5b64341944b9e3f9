# One image a component:  docker build --build-arg COMPONENT=services/users --tag cleave/users .
# All of them: docker-bake.hcl. What runs is the sources, line for line, made quick to load; docs/images.md tells how.
# Only the last stage is of the target platform, and it runs nothing: an image for another one needs no emulation.
ARG NODE_IMAGE=node:26-trixie-slim
ARG BUILD_IMAGE=${NODE_IMAGE}

# The manifests by themselves: a change of the sources installs nothing anew.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS manifests
WORKDIR /sources
COPY . .
RUN mkdir /manifests \
 && cp --parents --target-directory=/manifests package.json package-lock.json ./*/package.json services/*/package.json

# What makes packages and sources quick to load. It gets into no image.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS packing
WORKDIR /packing
COPY --from=manifests /manifests ./
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc,target=/root/.npmrc \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace=packing
COPY packing packing

# The sources with their types taken out, once rather than at each start. In the folder that they will run in: stack
# traces name it.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS sources
WORKDIR /app
COPY . .
RUN find . -type f -name '*.ts' -exec node --disable-warning=ExperimentalWarning packing/src/untype.ts {} +

# /app as npm makes it, each scattered package made one file, without what is of this repository: the links to it are
# put aside, for the layers that they lead to. Modes and times say nothing of when and by whom it was built, so that
# the layer is the same everywhere.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS packages
WORKDIR /app
COPY --from=manifests /manifests ./
ARG COMPONENT
# a private registry's token, where there is one, is a secret and stays out of every layer:
# docker build --secret id=npmrc,src=$HOME/.npmrc
RUN --mount=type=cache,target=/root/.npm --mount=type=secret,id=npmrc,target=/root/.npmrc \
    --mount=type=bind,from=packing,source=/packing,target=/packing \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace="${COMPONENT}" \
 && node /packing/packing/src/flatten-packages.ts node_modules \
 && mv node_modules/@cleave /links \
 && rm -f node_modules/.package-lock.json \
 && find . -name node_modules -prune -o -type f -exec rm {} + \
 && find . -type d -empty -delete \
 && chmod -R u=rwX,go=rX . \
 && find . -exec touch --no-dereference --date=@0 {} +

# What npm linked is what the component needs of this repository; nothing else gets into its image. What has a
# program of its own changes with every feature; the plumbing below it changes seldom and is the same for all.
FROM packages AS layers
WORKDIR /sources
COPY --from=sources /app .
RUN mkdir -p /layers/shared/app/node_modules/@cleave /layers/own/app/node_modules/@cleave \
 && for link in /links/*; do \
      folder=$(readlink "${link}") && folder=${folder#../../} \
   && if [ -e "${folder}/src/main.ts" ]; then layer=/layers/own; else layer=/layers/shared; fi \
   && cp -R --parents --target-directory="${layer}/app" "${folder}" \
   && cp -P --target-directory="${layer}/app/node_modules/@cleave" "${link}" || exit 1; \
    done \
 && chmod -R u=rwX,go=rX /layers \
 && find /layers -exec touch --no-dereference --date=@0 {} +

FROM ${NODE_IMAGE}
ARG COMPONENT
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 ADMIN_PORT=9090
# From what changes seldom to what changes often
COPY --from=packages /app /app
COPY --from=layers /layers/shared /
COPY --from=layers /layers/own /
WORKDIR /app/${COMPONENT}
USER 1000:1000
EXPOSE 8080 9090
HEALTHCHECK --interval=10s --timeout=3s --retries=3 --start-period=60s --start-interval=1s \
    CMD ["node", "--eval", "http.get(`http://127.0.0.1:${process.env.ADMIN_PORT}/readyz`, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))"]
# the base image's own is a shell script
ENTRYPOINT []
CMD ["node", "src/main.ts"]
