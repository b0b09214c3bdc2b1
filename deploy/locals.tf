# What follows from the variables alone: names, roots, the environment of the job, the body of the
# schedule. Nothing of Google's provider is named here, so that the tests evaluate it as it is.
locals {
  raw_root = var.raw_prefix == "" ? "gs://${var.raw_bucket}" : "gs://${var.raw_bucket}/${var.raw_prefix}"
  out_root = var.out_prefix == "" ? "gs://${var.out_bucket}" : "gs://${var.out_bucket}/${var.out_prefix}"

  # In the bucket that the worker may write anyway, so pages need no further right.
  site_root = var.site_folder == "" ? "" : "${local.out_root}/${var.site_folder}"

  # Below this are the records and the summary of every run; a manifest lies one folder above.
  run_records = "${var.out_prefix == "" ? "" : "${var.out_prefix}/"}_manifest/runs/"

  # Chunks alone grow old: _dataset.json is written once, and every day is made with it.
  chunk_suffixes = [".csv", ".csv.gz"]

  # What a person's commands have to know of the job's rules. Resolutions and outputs would become arguments.
  shared_settings = {
    for name, value in local.environment : name => value
    if contains(["FLOWBARS_ALLOW_EMPTY", "FLOWBARS_COVERAGE_MIN", "FLOWBARS_RAW_LAYOUT", "FLOWBARS_STREAMS"], name)
  }

  # Google's own image for a job without a build. It ends well and does nothing.
  placeholder_image = "us-docker.pkg.dev/cloudrun/container/job:latest"
  image             = var.image == "" ? local.placeholder_image : var.image

  # A placeholder writes no summary: with it each night would end in an alert.
  schedules_paused = var.schedule_paused || var.image == ""

  # Two jobs that differ in this alone. The API's documentation says that a job's parallelism must be at most its
  # task count, and googleapis/google-cloud-node#4908 shows a run with fewer tasks refused. So a run with fewer
  # tasks than `parallelism` starts the small job, which has none: all of its tasks run at once.
  jobs = {
    large = { name = var.name, task_count = var.parallelism, parallelism = var.parallelism }
    small = { name = "${var.name}-small", task_count = 1, parallelism = null }
  }

  # The regions whose reads a dual-region does not bill: https://cloud.google.com/storage/docs/locations
  dual_regions = {
    ASIA1 = ["asia-northeast1", "asia-northeast2"]
    EUR4  = ["europe-north1", "europe-west4"]
    EUR5  = ["europe-west1", "europe-west2"]
    EUR7  = ["europe-west2", "europe-west3"]
    EUR8  = ["europe-west3", "europe-west6"]
    NAM4  = ["us-central1", "us-east1"]
  }

  # The workflow sets the roots as well; these are for a job that is started by hand.
  environment = merge(
    var.settings,
    { FLOWBARS_RAW = local.raw_root, FLOWBARS_OUT = local.out_root },
    var.resolutions == null ? {} : { FLOWBARS_RESOLUTIONS = var.resolutions },
    var.outputs == null ? {} : { FLOWBARS_OUTPUTS = var.outputs },
    var.formats == null ? {} : { FLOWBARS_FORMATS = var.formats },
    var.coverage_min == null ? {} : { FLOWBARS_COVERAGE_MIN = tostring(var.coverage_min) },
    local.site_root == "" ? {} : { FLOWBARS_SITE = local.site_root },
  )

  # By zone. Each process has a part of its own in the names of its chunks, so two never meet.
  recorders = { for zone in var.recorder_zones : zone => { name = "${var.name}-recorder-${zone}", zone = "${var.region}-${zone}" } }

  # What the machine hands to the container, line by line.
  recorder_environment = join("", [
    for name, value in {
      FLOWBARS_CHUNK     = var.recorder_chunk
      FLOWBARS_METRICS   = "0.0.0.0:${var.recorder_metrics_port}"
      FLOWBARS_RAW       = local.raw_root
      FLOWBARS_SPOOL     = "/spool"
      FLOWBARS_SPOOL_MAX = tostring(floor(var.recorder_spool_gb * 0.8))
      FLOWBARS_STREAMS   = var.recorder_streams
      FLOWBARS_SYMBOLS   = join(",", var.recorder_symbols)
    } : "${name}=${value}\n"
  ])

  # Without a write for so long something is wrong: chunks of an hour come once an hour.
  recorder_silence_seconds = var.recorder_chunk == "1m" ? 600 : 4500

  # The argument is a text that holds JSON, inside of the body that is JSON itself.
  daily_argument = { lookback_days = var.lookback_days }
  daily_body     = jsonencode({ argument = jsonencode(local.daily_argument) })
  watch_body     = jsonencode({ argument = jsonencode({}) })

  # Ids of custom roles have no '-'.
  role_prefix = replace(var.name, "-", "_")
  runbook     = var.runbook_url == "" ? "docs/OPERATIONS.md" : var.runbook_url
}
