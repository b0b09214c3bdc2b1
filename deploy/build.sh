#!/usr/bin/env bash
# Builds the image of the job, pushes it, and writes its digest to deploy/image.auto.tfvars, from which the
# next `terraform apply` rolls it out. It changes nothing that runs.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: deploy/build.sh [--cloud-build] [--allow-dirty]
       deploy/build.sh --use REVISION

  --cloud-build   build by Cloud Build, with the account that cloud_build = true makes; the default where
                  there is no docker
  --allow-dirty   build although there are changes that are not committed
  --use REVISION  build nothing: take an image that was pushed before, to roll back to it
  --help          this

Reads where to push from the state of Terraform in deploy/. Afterwards: terraform -chdir=deploy apply
TEXT
}

fail() {
  echo "build.sh: $1" >&2
  exit "${2:-1}"
}

usage_error() {
  echo "build.sh: $1" >&2
  usage >&2
  exit 2
}

# A value of the deployment. Sets the variable itself, so that a failure ends the script.
read_output() {
  local value
  value=$(terraform -chdir="$deploy" output -raw "$2" 2>/dev/null) ||
    fail "output $2: found none in deploy/, expected a deployment: run terraform -chdir=deploy apply first"
  printf -v "$1" '%s' "$value"
}

need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1: found no such command, expected $2"
}

build_by_docker() {
  echo "builds $image with docker"
  gcloud auth configure-docker "${repository%%/*}" --quiet
  "$deploy/image.sh" "$image" "$revision"
  docker push "$image"
}

build_by_cloud_build() {
  local builder='' sources=''
  read_output builder builder
  read_output sources builder_sources
  [[ -n $builder ]] ||
    fail "Cloud Build: found no account for it, expected cloud_build = true in deploy/terraform.tfvars and an apply, or docker"
  echo "builds $image with Cloud Build"
  gcloud builds submit "$root" --project="$project" --region="$region" \
    --config="$deploy/cloudbuild.yaml" --ignore-file="$deploy/cloudbuild.ignore" \
    --service-account="$builder" \
    --gcs-source-staging-dir="$sources/source" \
    --substitutions="_IMAGE=$image,_REVISION=$revision"
}

cloud_build=false
allow_dirty=false
revision='' project='' region='' name='' repository=''
while [[ $# -gt 0 ]]; do
  case $1 in
    --help)
      usage
      exit 0
      ;;
    --cloud-build) cloud_build=true ;;
    --allow-dirty) allow_dirty=true ;;
    --use)
      [[ ${2:-} =~ ^[0-9a-f]{7,40}(-dirty)?$ ]] || usage_error "--use: found '${2:-}', expected a git revision such as 1a2b3c4"
      revision=$2
      shift
      ;;
    *) usage_error "found '$1', expected one of the options below" ;;
  esac
  shift
done

deploy=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$deploy")

need terraform 'Terraform, whose state says where to push'
need gcloud 'the Google Cloud CLI, for digests and credentials'
read_output project project
read_output region region
read_output name name
read_output repository image_repository

if [[ -z $revision ]]; then
  revision=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) ||
    fail "revision: found no git repository in $root, expected one: the revision goes into every report"
  if [[ -n $(git -C "$root" status --porcelain -- src package.json package-lock.json tsconfig.base.json Dockerfile) ]]; then
    [[ $allow_dirty == true ]] ||
      fail "sources: found changes that are not committed, expected none, or --allow-dirty: reports name the revision they are made by"
    revision+=-dirty
  fi
  image=$repository/$name:$revision
  if [[ $cloud_build == true ]] || ! command -v docker >/dev/null 2>&1; then
    build_by_cloud_build
  else
    build_by_docker
  fi
else
  image=$repository/$name:$revision
fi

digest=$(gcloud artifacts docker images describe "$image" --project="$project" \
  --format='value(image_summary.digest)') ||
  fail "image: found no $image, expected one that was pushed: gcloud artifacts docker tags list $repository/$name"
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] ||
  fail "digest of $image: found '$digest', expected sha256: and 64 hexadecimal digits"

# Written beside and moved, so that an apply never reads half of it.
chosen=$deploy/image.auto.tfvars
new=$(mktemp "$chosen.XXXXXX")
trap 'rm -f "$new"' EXIT
{
  echo "# Revision $revision. Written by deploy/build.sh; terraform apply rolls it out."
  echo "image = \"$repository/$name@$digest\""
} >"$new"
chmod 0644 "$new"
mv "$new" "$chosen"
echo "deploy/image.auto.tfvars: $name@$digest ($revision)"
echo "next: terraform -chdir=deploy apply"
