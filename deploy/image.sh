#!/usr/bin/env bash
# Builds the image, here or in Cloud Build: deploy/image.sh IMAGE REVISION
# A tag of the base image can move between two builds, so it is looked up once, both stages are built on its digest,
# and the labels of the image say which that was.
set -euo pipefail

image=$1
revision=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

base=$(sed -n 's/^ARG base=//p' "$root/Dockerfile")
if [[ $base != *@* ]]; then
  docker pull --quiet --platform linux/amd64 "$base" >/dev/null
  found=$(docker image inspect --format '{{index .RepoDigests 0}}' "$base")
  base=$base@${found##*@}
fi
if ! [[ $base =~ ^[^@\ ]+@sha256:[0-9a-f]{64}$ ]]; then
  echo "image.sh: base image: found '$base', expected NAME:TAG@sha256: and 64 hexadecimal digits" >&2
  exit 1
fi
echo "on $base"

# Cloud Run runs amd64. An attestation would be a version of its own in the repository, which the clean-up counts.
BUILDX_NO_DEFAULT_ATTESTATIONS=1 docker build --platform linux/amd64 \
  --build-arg "base=$base" --build-arg "revision=$revision" \
  --label "org.opencontainers.image.base.name=${base%@*}" \
  --label "org.opencontainers.image.base.digest=${base#*@}" \
  --label "org.opencontainers.image.revision=$revision" \
  --tag "$image" "$root"
