# One image a component:  docker build --build-arg COMPONENT=services/users --tag cleave/users .
# Node runs the TypeScript sources as they are, so there is nothing to build but node_modules.
ARG NODE_IMAGE=node:26-trixie-slim

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY kit/package.json kit/
COPY module-kit/package.json module-kit/
COPY faults/package.json faults/
COPY forum/package.json forum/
COPY services/users/package.json services/users/
COPY services/threads/package.json services/threads/
COPY services/posts/package.json services/posts/
COPY monolith/package.json monolith/
COPY gateway/package.json gateway/
ARG COMPONENT
RUN --mount=type=cache,target=/root/.npm \
    npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace="${COMPONENT}"

# What npm linked is what the component needs of this repository; nothing else gets into its image.
FROM dependencies AS sources
WORKDIR /sources
COPY . .
RUN mkdir /needed \
 && for link in /app/node_modules/@cleave/*; do \
      cp -R --parents -t /needed "$(realpath --relative-to=/app "${link}")" || exit 1; \
    done \
 && chmod -R go=rX /needed

FROM ${NODE_IMAGE}
ARG COMPONENT
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 ADMIN_PORT=9090
WORKDIR /app/${COMPONENT}
# The links in node_modules lead to the sources beside it: Node strips types only from files outside node_modules.
COPY --from=dependencies /app/node_modules /app/node_modules
COPY --from=sources /needed /app
USER 1000:1000
EXPOSE 8080 9090
HEALTHCHECK --interval=10s --timeout=3s --retries=3 --start-period=60s --start-interval=1s \
    CMD ["node", "--eval", "http.get(`http://127.0.0.1:${process.env.ADMIN_PORT}/readyz`, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))"]
CMD ["node", "src/main.ts"]
