# Four alerts, each about one question. They count executions by a metric that Workflows writes by
# itself, so that nothing here depends on the form of a log line.
#   run failed     did the run say that something is not good?
#   no manifest    has a day no manifest, whatever the reason, even where no run was started?
#   watch silent   is there nobody left to ask that? (the dead-man check)
#   no chunk       do the recorders made here, if any, still write?

resource "google_monitoring_notification_channel" "email" {
  for_each = var.alert_emails

  display_name = "${var.name}: ${each.key}"
  type         = "email"
  labels       = { email_address = each.key }
  depends_on   = [terraform_data.services_ready]
}

locals {
  channels = concat(
    [for channel in google_monitoring_notification_channel.email : channel.id],
    tolist(var.alert_channels),
  )

  # %s are the workflow and the status.
  finished_filter = join(" AND ", [
    "resource.type = \"workflows.googleapis.com/Workflow\"",
    "resource.labels.location = \"${var.region}\"",
    "resource.labels.workflow_id = \"%s\"",
    "metric.type = \"workflows.googleapis.com/finished_execution_count\"",
    "metric.labels.status = \"%s\"",
  ])
}

# An execution that fails is one whose data is not good, or that could not do its work. One that is
# cancelled was cancelled by a person.
resource "google_monitoring_alert_policy" "run_failed" {
  display_name          = "${var.name}: run failed"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "an execution of ${google_workflows_workflow.flowbars.name} ended FAILED"

    condition_threshold {
      filter          = format(local.finished_filter, google_workflows_workflow.flowbars.name, "FAILED")
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }

  # A count comes once and never goes down again, so nothing but time closes an incident.
  alert_strategy {
    auto_close           = "1800s"
    notification_prompts = ["OPENED"]
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: a run failed"
    content   = <<-EOT
      An execution of the workflow `${var.name}` ended FAILED. What could be written is written; the message names the worst symbol-days. A refused argument of a person counts as well.

          gcloud workflows executions list ${var.name} --location=${var.region} --project=${var.project} --filter=state=FAILED --limit=1
          gcloud workflows executions describe EXECUTION --workflow=${var.name} --location=${var.region} --project=${var.project}

      What to do: ${local.runbook}, "Alert: run failed".
    EOT
  }
}

# The watch looks for the manifest itself. A metric of runs can not tell this: a run that never started
# has none, a late one has it too late, and absence of a metric is noticed for 23.5 hours at most, which
# is less than the day between two runs.
resource "google_monitoring_alert_policy" "no_manifest" {
  display_name          = "${var.name}: no manifest"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "an execution of ${google_workflows_workflow.watch.name} ended FAILED"

    condition_threshold {
      filter          = format(local.finished_filter, google_workflows_workflow.watch.name, "FAILED")
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }

  alert_strategy {
    auto_close           = "1800s"
    notification_prompts = ["OPENED"]
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: yesterday has no manifest"
    content   = <<-EOT
      Yesterday has no manifest below `${local.out_root}/_manifest/`, or it could not be looked for. The first execution below says which day it looked for, and what it found. Nobody should use the day's bars. It is said again at each look (${var.watch_schedule}, UTC) until the manifest is there.

          gcloud workflows executions list ${google_workflows_workflow.watch.name} --location=${var.region} --project=${var.project} --limit=1
          gcloud workflows executions describe EXECUTION --workflow=${google_workflows_workflow.watch.name} --location=${var.region} --project=${var.project}
          gcloud workflows executions list ${var.name} --location=${var.region} --project=${var.project} --limit=3
          gcloud scheduler jobs describe ${var.name}-daily --location=${coalesce(var.scheduler_region, var.region)} --project=${var.project}

      What to do: ${local.runbook}, "Alert: no manifest".
    EOT
  }
}

# Ends of the watch, well or not, come twelve hours apart; 84600 s are the 23.5 hours that are the most
# for a condition of absence. It can not fire before the watch has run once.
resource "google_monitoring_alert_policy" "watch_silent" {
  count = var.dead_man_check ? 1 : 0

  display_name          = "${var.name}: watch silent"
  combiner              = "AND"
  severity              = "CRITICAL"
  enabled               = !local.schedules_paused
  notification_channels = local.channels

  conditions {
    display_name = "no execution of ${google_workflows_workflow.watch.name} ended for 23.5 hours"

    condition_absent {
      filter = join(" AND ", [
        "resource.type = \"workflows.googleapis.com/Workflow\"",
        "resource.labels.location = \"${var.region}\"",
        "resource.labels.workflow_id = \"${google_workflows_workflow.watch.name}\"",
        "metric.type = \"workflows.googleapis.com/finished_execution_count\"",
      ])
      duration = "84600s"

      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "604800s"
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: nobody looks for manifests any more"
    content   = <<-EOT
      The watch has not ended for 23.5 hours, so a missing manifest would go unnoticed. Its schedule is paused or deleted, its account has lost a right, or the project its billing.

          gcloud scheduler jobs describe ${var.name}-watch --location=${coalesce(var.scheduler_region, var.region)} --project=${var.project}
          gcloud workflows executions list ${var.name}-watch --location=${var.region} --project=${var.project} --limit=3

      What to do: ${local.runbook}, "Alert: watch silent".
    EOT
  }
}

# Cloud Storage counts the writes of a bucket by itself. A recorder writes a chunk a minute, or an hour, even where nothing is
# traded, since some symbol always is; so silence is a recorder that is down or cannot upload. One that hears nothing writes headers alone: its
# log and /readyz say so (docs/OPERATIONS.md).
resource "google_monitoring_alert_policy" "no_chunk" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  display_name          = "${var.name}: no chunk"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "nothing was written into ${local.raw_bucket} for ${local.recorder_silence_seconds / 60} minutes"

    condition_absent {
      filter = join(" AND ", [
        "resource.type = \"gcs_bucket\"",
        "resource.labels.bucket_name = \"${local.raw_bucket}\"",
        "metric.type = \"storage.googleapis.com/api/request_count\"",
        "metric.labels.method = \"WriteObject\"",
        "metric.labels.response_code = \"OK\"",
      ])
      duration = "${local.recorder_silence_seconds}s"

      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_SUM"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }

  alert_strategy {
    auto_close = "604800s"
  }

  documentation {
    mime_type = "text/markdown"
    subject   = "${var.name}: nothing is recorded"
    content   = <<-EOT
      No object was written into `${local.raw_root}` for ${local.recorder_silence_seconds / 60} minutes. What is not recorded now is lost for ever.

          gcloud compute instance-groups managed list --project=${var.project} --filter="name~^${var.name}-recorder-"
          gcloud logging read 'resource.type="gce_instance" AND jsonPayload.message:*' --project=${var.project} --freshness=30m --limit=20

      What to do: ${local.runbook}, "Alert: no chunk".
    EOT
  }
}
