# What a deployment may choose. This file and locals.tf name nothing of Google's provider, so that the
# tests evaluate them as they are.

# Where.

variable "project" {
  description = "Id of the project that everything is made in. It has billing and the Service Usage API."
  type        = string

  validation {
    condition     = can(regex("^[a-z][-a-z0-9:.]{4,61}[a-z0-9]$", var.project))
    error_message = "project: found '${var.project}', expected the id of a project such as my-project-123, as gcloud projects list shows it."
  }
}

variable "region" {
  description = "Region of the job, the workflow, the images and the buckets. Reading across regions is billed."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "region: found '${var.region}', expected a region such as europe-west1, as gcloud run regions list shows it."
  }
}

variable "scheduler_region" {
  description = "Region of the schedules where Cloud Scheduler does not have the region above; null for the same."
  type        = string
  default     = null

  validation {
    condition     = var.scheduler_region == null ? true : can(regex("^[a-z]+-[a-z]+[0-9]+$", var.scheduler_region))
    error_message = "scheduler_region: found '${coalesce(var.scheduler_region, "null")}', expected null or a region such as europe-west1, as gcloud scheduler locations list shows it."
  }
}

variable "name" {
  description = "What everything is called. Another name makes another deployment in the same project."
  type        = string
  default     = "flowbars"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,18}[a-z0-9]$", var.name))
    error_message = "name: found '${var.name}', expected 3 to 20 of a-z, 0-9 and '-', beginning with a letter: names of accounts are made of it."
  }
}

# Buckets.

variable "raw_bucket" {
  description = "Bucket of the raw chunks, without gs://."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$", var.raw_bucket))
    error_message = "raw_bucket: found '${var.raw_bucket}', expected the name of a bucket without gs:// and without a path; the path is raw_prefix."
  }
}

variable "raw_prefix" {
  description = "Path of the raw root in its bucket, empty for the bucket itself."
  type        = string
  default     = "raw"

  validation {
    condition     = can(regex("^([^/]+(/[^/]+)*)?$", var.raw_prefix))
    error_message = "raw_prefix: found '${var.raw_prefix}', expected a path such as raw or feed/raw, without a slash at its ends."
  }
}

variable "create_raw_bucket" {
  description = "Whether the raw bucket is made here. Most teams have one that their recorder fills."
  type        = bool
  default     = false
}

variable "out_bucket" {
  description = "Bucket of bars, reports and manifests, without gs://."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$", var.out_bucket))
    error_message = "out_bucket: found '${var.out_bucket}', expected the name of a bucket without gs:// and without a path; the path is out_prefix."
  }

  validation {
    condition     = var.out_bucket != var.raw_bucket
    error_message = "out_bucket: found '${var.out_bucket}' as raw_bucket, too, expected another bucket: the worker may write and delete in it, and must not be able to in the recording."
  }
}

variable "out_prefix" {
  description = "Path of the output root in its bucket, empty for the bucket itself."
  type        = string
  default     = "aggregated"

  validation {
    condition     = can(regex("^([^/]+(/[^/]+)*)?$", var.out_prefix))
    error_message = "out_prefix: found '${var.out_prefix}', expected a path such as aggregated, without a slash at its ends."
  }
}

variable "create_out_bucket" {
  description = "Whether the output bucket is made here."
  type        = bool
  default     = true
}

variable "noncurrent_days" {
  description = "Days for which a replaced or deleted object of a bucket made here can be brought back."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1 && var.noncurrent_days <= 365 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "noncurrent_days: found ${var.noncurrent_days}, expected whole days from 1 to 365: old versions are billed like new ones."
  }
}

variable "noncurrent_versions" {
  description = "How many old versions of one object are kept at most, however young. Repeated --force runs make them."
  type        = number
  default     = 5

  validation {
    condition     = var.noncurrent_versions >= 1 && var.noncurrent_versions <= 100 && floor(var.noncurrent_versions) == var.noncurrent_versions
    error_message = "noncurrent_versions: found ${var.noncurrent_versions}, expected a whole number from 1 to 100."
  }
}

variable "run_record_days" {
  description = "Days after which the records and the summary of a run are deleted; null keeps them. Manifests, reports and bars always stay."
  type        = number
  default     = 90

  validation {
    condition     = var.run_record_days == null ? true : var.run_record_days >= 7 && floor(var.run_record_days) == var.run_record_days
    error_message = "run_record_days: found ${coalesce(var.run_record_days, 0)}, expected null or whole days, at least 7: a run that goes on reads its own records."
  }
}

variable "raw_delete_days" {
  description = "Age in days at which raw chunks (.csv, .csv.gz) are deleted, in a raw bucket made here; null keeps them for ever. What is deleted can never be computed again."
  type        = number
  default     = null

  validation {
    condition     = var.raw_delete_days == null ? true : var.raw_delete_days >= 30 && floor(var.raw_delete_days) == var.raw_delete_days
    error_message = "raw_delete_days: found ${coalesce(var.raw_delete_days, 0)}, expected null or whole days, at least 30: 0 would delete the recording on the day it is made."
  }
}

variable "raw_storage_class_after" {
  description = "Cheaper storage class for old chunks of a raw bucket made here, such as {days = 60, class = \"NEARLINE\"}; null for none. Moving a chunk is billed like a write: it costs more than it saves in a year for chunks below 90 kB (NEARLINE), 112 kB (COLDLINE) or 238 kB (ARCHIVE), as gzipped ones and those of trades may be. Reading them back, in a repair, is then billed per GB. docs/OPERATIONS.md, Costs, has the arithmetic."
  type = object({
    days  = number
    class = string
  })
  default = null

  validation {
    condition = var.raw_storage_class_after == null ? true : (
      var.raw_storage_class_after.days >= 7 &&
      contains(["NEARLINE", "COLDLINE", "ARCHIVE"], var.raw_storage_class_after.class)
    )
    error_message = "raw_storage_class_after: found ${jsonencode(var.raw_storage_class_after)}, expected null or {days, class}: at least 7 days (the daily run reads what is younger), class NEARLINE, COLDLINE or ARCHIVE."
  }
}

variable "raw_soft_delete_days" {
  description = "Days of soft delete of a raw bucket made here: the last net under a recording. 0 turns it off. The output bucket has none, since it can be computed again and keeps old versions anyway."
  type        = number
  default     = 7

  validation {
    condition     = var.raw_soft_delete_days == 0 || (var.raw_soft_delete_days >= 7 && var.raw_soft_delete_days <= 90)
    error_message = "raw_soft_delete_days: found ${var.raw_soft_delete_days}, expected 0, or 7 to 90 as Cloud Storage has it."
  }
}

variable "force_destroy" {
  description = "Lets terraform destroy delete buckets that still hold objects. For trials only."
  type        = bool
  default     = false
}

# The job.

variable "image" {
  description = "Image of the job by digest. deploy/build.sh writes it to image.auto.tfvars; empty is Google's public placeholder, with which the schedules stand still."
  type        = string
  default     = ""

  validation {
    condition     = var.image == "" || can(regex("^[a-z0-9.-]+/[^@ ]+@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image: found '${var.image}', expected HOST/PROJECT/REPOSITORY/NAME@sha256:DIGEST as deploy/build.sh writes it: a tag can change under a running job."
  }
}

variable "parallelism" {
  description = "Tasks at once. No run can change it. cpu x parallelism is what the quota of the region has to allow: a new project has room for the default; docs/CLOUD.md, Quota, says how to raise it."
  type        = number
  default     = 10

  validation {
    condition     = var.parallelism >= 1 && var.parallelism <= 1000 && floor(var.parallelism) == var.parallelism
    error_message = "parallelism: found ${var.parallelism}, expected a whole number from 1 to 1000, and not above the quota of ${var.region}."
  }
}

variable "max_retries" {
  description = "How often a task is started again. It goes on with the day at which it ended."
  type        = number
  default     = 3

  validation {
    condition     = var.max_retries >= 1 && var.max_retries <= 10 && floor(var.max_retries) == var.max_retries
    error_message = "max_retries: found ${var.max_retries}, expected a whole number from 1 to 10: without a retry one 503 too many fails a day."
  }
}

variable "symbols_max" {
  description = "Symbols that one run may have; it bounds task_timeout_seconds. More than the default need more parallelism or a shorter timeout."
  type        = number
  default     = 120

  validation {
    condition     = var.symbols_max >= 1 && var.symbols_max <= 10000 && floor(var.symbols_max) == var.symbols_max
    error_message = "symbols_max: found ${var.symbols_max}, expected a whole number from 1 to 10000, the tasks of one execution."
  }
}

variable "task_timeout_seconds" {
  description = "Time for one try of a task: the days of one window (31 by default) of one symbol."
  type        = number
  default     = 3600

  validation {
    condition     = var.task_timeout_seconds >= 60 && floor(var.task_timeout_seconds) == var.task_timeout_seconds
    error_message = "task_timeout_seconds: found ${var.task_timeout_seconds}, expected whole seconds, at least 60."
  }

  validation {
    # The workflow waits for a job for 172800 s. A job that outlives the wait goes on unobserved.
    condition     = (var.max_retries + 1) * var.task_timeout_seconds * ceil(var.symbols_max / var.parallelism) <= 172800
    error_message = "task_timeout_seconds: found ${var.task_timeout_seconds}, expected at most ${floor(172800 / (var.max_retries + 1) / ceil(var.symbols_max / var.parallelism))} with max_retries ${var.max_retries}, symbols_max ${var.symbols_max} and parallelism ${var.parallelism}: the workflow waits 172800 s for (retries + 1) x timeout x rounds of parallel tasks."
  }
}

variable "cpu" {
  description = "vCPU of a task. A full-size day takes about 3.5 CPU-seconds. A task computes it on as many threads as it has vCPUs: a second one makes it about 1.4 times as fast and doubles the price of a second."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 2, 4, 8], var.cpu)
    error_message = "cpu: found ${var.cpu}, expected 1, 2, 4 or 8."
  }
}

variable "memory_gib" {
  description = "Memory of a task in GiB. A full-size day needs less than 0.5; Node keeps its heap below half of this by itself."
  type        = number
  default     = 1

  validation {
    condition     = floor(var.memory_gib) == var.memory_gib && var.memory_gib >= lookup({ "4" = 2, "8" = 4 }, tostring(var.cpu), 1) && var.memory_gib <= lookup({ "1" = 4, "2" = 8, "4" = 16 }, tostring(var.cpu), 32)
    error_message = "memory_gib: found ${var.memory_gib} with cpu ${var.cpu}, expected whole GiB: 1 to 4 for 1 vCPU, 1 to 8 for 2, 2 to 16 for 4, 4 to 32 for 8."
  }
}

variable "resolutions" {
  description = "Bar lengths, such as \"1s,1m,1h\"; null is what flowbars does by itself, 1s and 1m."
  type        = string
  default     = null

  validation {
    condition     = var.resolutions == null ? true : can(regex("^[1-9][0-9]*[smhd](,[1-9][0-9]*[smhd])*$", var.resolutions))
    error_message = "resolutions: found '${coalesce(var.resolutions, "null")}', expected null or bar lengths that divide a day, such as 1s,1m,1h."
  }
}

variable "outputs" {
  description = "Kinds of files, such as \"bars,signals\"; null is what flowbars does by itself: bars, signals, patterns, the last with 1s among the resolutions."
  type        = string
  default     = null

  validation {
    condition     = var.outputs == null ? true : can(regex("^(bars|signals|patterns)(,(bars|signals|patterns))*$", var.outputs))
    error_message = "outputs: found '${coalesce(var.outputs, "null")}', expected null or some of bars,signals,patterns."
  }

  validation {
    condition     = !contains(split(",", coalesce(var.outputs, "bars")), "patterns") || contains(split(",", coalesce(var.resolutions, "1s,1m")), "1s")
    error_message = "outputs: found patterns with resolutions '${coalesce(var.resolutions, "null")}', expected 1s among the resolutions, which patterns are read off."
  }
}

variable "formats" {
  description = "Formats of these files: \"csv,parquet\"; null is what flowbars does by itself, csv."
  type        = string
  default     = null

  validation {
    condition     = var.formats == null ? true : contains(["csv", "csv,parquet", "parquet,csv"], var.formats)
    error_message = "formats: found '${coalesce(var.formats, "null")}', expected null, csv or csv,parquet."
  }
}

variable "coverage_min" {
  description = "Coverage from which a partial day is good; null is what flowbars does by itself, 0.99."
  type        = number
  default     = null

  validation {
    condition     = var.coverage_min == null ? true : var.coverage_min >= 0 && var.coverage_min <= 1
    error_message = "coverage_min: found ${coalesce(var.coverage_min, -1)}, expected null or a number from 0 to 1."
  }
}

variable "site_folder" {
  description = "Folder of the output root in which each run writes pages to look at, such as _site; empty for no pages."
  type        = string
  default     = ""

  validation {
    condition     = var.site_folder == "" ? true : can(regex("^_[A-Za-z0-9_-]+$", var.site_folder)) && var.site_folder != "_manifest"
    error_message = "site_folder: found '${var.site_folder}', expected nothing or one folder that begins with '_', such as _site: no symbol is called so, and _manifest holds the manifests."
  }
}

variable "settings" {
  description = "Further settings of the job by variable, such as {FLOWBARS_EDGE_MINUTES = \"2\"}. docs/CLOUD.md, Settings, has them."
  type        = map(string)
  default     = {}

  validation {
    condition = length(setsubtract(keys(var.settings), [
      "FLOWBARS_ACCEPT",
      "FLOWBARS_ALLOW_EMPTY",
      "FLOWBARS_COLUMNS",
      "FLOWBARS_EDGE_MINUTES",
      "FLOWBARS_EXPECT",
      "FLOWBARS_FEE_BPS",
      "FLOWBARS_HOLE_MIN",
      "FLOWBARS_IDS_MISSING_MIN",
      "FLOWBARS_LARGE_ORDER",
      "FLOWBARS_MALFORMED_MAX",
      "FLOWBARS_NO_COLOR",
      "FLOWBARS_PROGRESS_MS",
      "FLOWBARS_QUIET_MAX",
      "FLOWBARS_RAW_LAYOUT",
      "FLOWBARS_SEED_MINUTES",
      "FLOWBARS_SIDE_MIN",
      "FLOWBARS_SITE_RESOLUTIONS",
      "FLOWBARS_SPARSE_TRADES",
      "FLOWBARS_STREAMS",
      "FLOWBARS_STREAM_NAMES",
      "FLOWBARS_THREADS",
      "FLOWBARS_USABLE_MIN",
    ])) == 0
    error_message = "settings: found ${join(", ", keys(var.settings))}, expected settings that docs/CLOUD.md, Settings, gives to the job; roots, resolutions, outputs, formats, coverage_min and pages have variables of their own, the rest is the workflow's."
  }
}

# Workflow and schedules.

variable "schedule" {
  description = "When the daily run begins, in UTC. The day has to be over and its last chunks uploaded."
  type        = string
  default     = "20 0 * * *"

  validation {
    condition     = length(split(" ", var.schedule)) == 5
    error_message = "schedule: found '${var.schedule}', expected five fields of cron such as 20 0 * * *, in UTC."
  }
}

variable "lookback_days" {
  description = "Days before yesterday that the daily run looks at again: late chunks heal by themselves, unchanged days cost a listing."
  type        = number
  default     = 3

  validation {
    condition     = var.lookback_days >= 0 && var.lookback_days <= 366 && floor(var.lookback_days) == var.lookback_days
    error_message = "lookback_days: found ${var.lookback_days}, expected a whole number from 0 to 366."
  }
}

variable "watch_schedule" {
  description = "When it is looked whether yesterday has a manifest, in UTC. At least twice a day, after the daily run has ended: twelve hours apart is below the 23.5 hours after which silence is an alert."
  type        = string
  default     = "0 6,18 * * *"

  validation {
    condition     = length(split(" ", var.watch_schedule)) == 5 && can(regex("^[0-9]+ [0-9*/,-]*[,/*-]", var.watch_schedule))
    error_message = "watch_schedule: found '${var.watch_schedule}', expected five fields of cron with at least two hours of the day such as 0 6,18 * * *, in UTC."
  }
}

variable "schedule_paused" {
  description = "Stops the daily run and the watch, for maintenance."
  type        = bool
  default     = false
}

variable "call_log_level" {
  description = "Which calls of the workflows are logged. Every log line of a call is billed."
  type        = string
  default     = "LOG_ERRORS_ONLY"

  validation {
    condition     = contains(["LOG_ALL_CALLS", "LOG_ERRORS_ONLY", "LOG_NONE"], var.call_log_level)
    error_message = "call_log_level: found '${var.call_log_level}', expected LOG_ALL_CALLS, LOG_ERRORS_ONLY or LOG_NONE."
  }
}

variable "deletion_protection" {
  description = "Keeps terraform from deleting or replacing the job and the workflows. To delete, apply once with false."
  type        = bool
  default     = true
}

# Recorders.

variable "recorder_zones" {
  description = "Zones of the region in which a recorder runs, one in each, by their letters: [\"b\"], or [\"b\", \"c\"] for two that record the same. Empty for none."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for zone in var.recorder_zones : can(regex("^[a-z]$", zone))]) && length(distinct(var.recorder_zones)) == length(var.recorder_zones)
    error_message = "recorder_zones: found ${jsonencode(var.recorder_zones)}, expected different letters of zones such as [\"b\", \"c\"], as gcloud compute zones list shows them."
  }

  validation {
    condition     = length(var.recorder_zones) == 0 || var.image != ""
    error_message = "recorder_zones: found ${jsonencode(var.recorder_zones)} without an image, expected none before deploy/build.sh has built one: a placeholder records nothing."
  }
}

variable "recorder_symbols" {
  description = "Symbols that a recorder records, such as [\"BTCUSDT\", \"ETHUSDT\"]."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for symbol in var.recorder_symbols : can(regex("^[^_ ,][^ ,]{0,63}$", symbol))]) && (length(var.recorder_symbols) > 0) == (length(var.recorder_zones) > 0)
    error_message = "recorder_symbols: found ${jsonencode(var.recorder_symbols)} with recorder_zones ${jsonencode(var.recorder_zones)}, expected symbols where there is a zone, and none without one."
  }
}

variable "recorder_streams" {
  description = "What they record: both, or trades alone."
  type        = string
  default     = "both"

  validation {
    condition     = contains(["both", "trades"], var.recorder_streams)
    error_message = "recorder_streams: found '${var.recorder_streams}', expected both or trades."
  }
}

variable "recorder_chunk" {
  description = "How much a chunk holds: 1m or 1h. Objects are billed when they are written: deploy/README.md, Recorders."
  type        = string
  default     = "1m"

  validation {
    condition     = contains(["1m", "1h"], var.recorder_chunk)
    error_message = "recorder_chunk: found '${var.recorder_chunk}', expected 1m or 1h."
  }
}

variable "recorder_metrics_port" {
  description = "Port of /healthz and /metrics. Only Google's health checks reach it."
  type        = number
  default     = 9464

  validation {
    condition     = var.recorder_metrics_port >= 1024 && var.recorder_metrics_port <= 65535 && floor(var.recorder_metrics_port) == var.recorder_metrics_port
    error_message = "recorder_metrics_port: found ${var.recorder_metrics_port}, expected a whole number from 1024 to 65535."
  }
}

variable "recorder_machine_type" {
  description = "Machine of a recorder."
  type        = string
  default     = "e2-small"

  validation {
    condition     = can(regex("^[a-z][a-z0-9]*-[a-z0-9-]+$", var.recorder_machine_type))
    error_message = "recorder_machine_type: found '${var.recorder_machine_type}', expected a machine type such as e2-small, as gcloud compute machine-types list shows it."
  }
}

variable "recorder_spool_gb" {
  description = "Size of the disk on which a recorder keeps what is not uploaded yet."
  type        = number
  default     = 20

  validation {
    condition     = var.recorder_spool_gb >= 10 && var.recorder_spool_gb <= 1000 && floor(var.recorder_spool_gb) == var.recorder_spool_gb
    error_message = "recorder_spool_gb: found ${var.recorder_spool_gb}, expected whole GB from 10 to 1000."
  }
}

# People.

variable "operators" {
  description = "Who may start, watch and cancel runs and read both buckets, such as [\"group:data@example.com\"]."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.operators : can(regex("^(user|group|serviceAccount|domain|principal|principalSet):.+$", member))])
    error_message = "operators: found ${join(", ", var.operators)}, expected members with their kind, such as group:data@example.com or user:me@example.com."
  }
}

variable "recorders" {
  description = "Who may add chunks to the raw bucket, such as [\"serviceAccount:recorder@my-project.iam.gserviceaccount.com\"]. They can replace none; a bucket that exists has its own rights already."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.recorders : can(regex("^(user|group|serviceAccount|principal|principalSet):.+$", member))])
    error_message = "recorders: found ${join(", ", var.recorders)}, expected members with their kind, such as serviceAccount:NAME@PROJECT.iam.gserviceaccount.com."
  }
}

variable "alert_emails" {
  description = "Addresses that alerts are sent to."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for address in var.alert_emails : can(regex("^[^@ ]+@[^@ ]+$", address))])
    error_message = "alert_emails: found ${join(", ", var.alert_emails)}, expected e-mail addresses."
  }
}

variable "alert_channels" {
  description = "Notification channels that exist already (chat, pager), as gcloud beta monitoring channels list shows them."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for channel in var.alert_channels : can(regex("^projects/[^/]+/notificationChannels/[0-9]+$", channel))])
    error_message = "alert_channels: found ${join(", ", var.alert_channels)}, expected projects/PROJECT/notificationChannels/NUMBER."
  }
}

variable "dead_man_check" {
  description = "Alerts when the watch itself has not ended, well or not, for 23.5 hours: schedules deleted, rights taken away, billing off."
  type        = bool
  default     = true
}

variable "runbook_url" {
  description = "Where docs/OPERATIONS.md can be read, for the text of alerts; empty names the file alone."
  type        = string
  default     = ""

  validation {
    condition     = var.runbook_url == "" || startswith(var.runbook_url, "https://")
    error_message = "runbook_url: found '${var.runbook_url}', expected an address that begins with https://, or nothing."
  }
}

# What differs between projects.

variable "kms_key" {
  description = "Key of Cloud KMS for the buckets made here, the jobs and the workflows, such as projects/my-keys/locations/europe-west1/keyRings/data/cryptoKeys/flowbars; null for Google's own keys. Google's accounts are given the right to use it, for which whoever applies needs roles/cloudkms.admin on it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null ? true : can(regex("^projects/[^/]+/locations/${var.region}/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key))
    error_message = "kms_key: found '${coalesce(var.kms_key, "null")}', expected null or projects/PROJECT/locations/${var.region}/keyRings/RING/cryptoKeys/KEY: a key of another region encrypts nothing here."
  }
}

variable "workflow_acts_as_worker" {
  description = "Gives the workflow's account the right to act as the worker's. Only for projects in which starting the job is refused for iam.serviceAccounts.actAs: Google's page on jobs.run does not ask for it."
  type        = bool
  default     = false
}

variable "cloud_build" {
  description = "Makes an account and a bucket with which deploy/build.sh can build without Docker, by Cloud Build."
  type        = bool
  default     = false
}
