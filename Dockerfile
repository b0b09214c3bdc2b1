# The image of the Cloud Run job. Its arguments are a command of flowbars: plan, task, finalize, summarize.
#   docker build --build-arg revision="$(git rev-parse --short HEAD)" --tag IMAGE .

# deploy/image.sh looks the digest of a tag up and builds on that. To pin it, write NAME:TAG@sha256:DIGEST here.
ARG base=node:24-slim

FROM $base AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY src ./src
RUN node_modules/.bin/tsc -b src/tsconfig.json
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM $base
# Shown by --version, and in every report and manifest that this image writes.
ARG revision=""
ENV NODE_ENV=production
ENV FLOWBARS_REVISION=$revision
WORKDIR /app
COPY LICENSE ./
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
ENTRYPOINT ["node", "/app/dist/main.js"]
