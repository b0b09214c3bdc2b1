# When it runs. Cloud Scheduler delivers at least once and takes "created" for success: what becomes of
# an execution is for alerts.tf to see.

locals {
  executions_url = "https://workflowexecutions.googleapis.com/v1"
  # An access token for Google's API; an identity token is for one's own services.
  token_scope = "https://www.googleapis.com/auth/cloud-platform"
}

resource "google_cloud_scheduler_job" "daily" {
  name             = "${var.name}-daily"
  region           = coalesce(var.scheduler_region, var.region)
  description      = "Yesterday, and the ${var.lookback_days} days before it for late chunks"
  schedule         = var.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"
  paused           = local.schedules_paused

  retry_config {
    retry_count          = 5
    min_backoff_duration = "30s"
    max_backoff_duration = "600s"
  }

  http_target {
    http_method = "POST"
    uri         = "${local.executions_url}/${google_workflows_workflow.flowbars.id}/executions"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(local.daily_body)

    oauth_token {
      service_account_email = google_service_account.scheduler.email
      scope                 = local.token_scope
    }
  }

  depends_on = [google_project_iam_member.scheduler_starts]
}

resource "google_cloud_scheduler_job" "watch" {
  name             = "${var.name}-watch"
  region           = coalesce(var.scheduler_region, var.region)
  description      = "Looks whether yesterday has a manifest"
  schedule         = var.watch_schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"
  paused           = local.schedules_paused

  retry_config {
    retry_count          = 5
    min_backoff_duration = "30s"
    max_backoff_duration = "600s"
  }

  http_target {
    http_method = "POST"
    uri         = "${local.executions_url}/${google_workflows_workflow.watch.id}/executions"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(local.watch_body)

    oauth_token {
      service_account_email = google_service_account.scheduler.email
      scope                 = local.token_scope
    }
  }

  depends_on = [google_project_iam_member.scheduler_starts]
}
