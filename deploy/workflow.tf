# The daily run and the back-fill, from the very file that the tests run; and the watch over it.

resource "google_workflows_workflow" "flowbars" {
  name            = var.name
  region          = var.region
  description     = "Order-flow bars: a plan, a task per symbol, a task per slice of a day, a summary"
  service_account = google_service_account.workflow.id
  source_contents = file("${path.module}/../workflows/flowbars.yaml")
  call_log_level  = var.call_log_level
  crypto_key_name = var.kms_key

  user_env_vars = {
    JOB_NAME       = google_cloud_run_v2_job.flowbars["large"].id
    SMALL_JOB_NAME = google_cloud_run_v2_job.flowbars["small"].id
    # Fewer tasks than this go to the small job.
    PARALLELISM = tostring(var.parallelism)
    RAW_ROOT    = local.raw_root
    OUT_ROOT    = local.out_root
  }

  deletion_protection = var.deletion_protection

  depends_on = [
    google_cloud_run_v2_job_iam_member.workflow_starts_job,
    google_kms_crypto_key_iam_member.agents_use_key,
    google_project_iam_member.workflow_logs,
    google_project_iam_member.workflow_polls,
    google_storage_bucket_iam_member.workflow_reads_out,
  ]
}

# Looks whether yesterday has a manifest and fails if not, for the alert of alerts.tf.
resource "google_workflows_workflow" "watch" {
  name            = "${var.name}-watch"
  region          = var.region
  description     = "Fails when yesterday has no manifest"
  service_account = google_service_account.workflow.id
  source_contents = file("${path.module}/watch.yaml")
  call_log_level  = var.call_log_level
  crypto_key_name = var.kms_key

  user_env_vars = {
    OUT_ROOT = local.out_root
  }

  deletion_protection = var.deletion_protection

  depends_on = [
    google_kms_crypto_key_iam_member.agents_use_key,
    google_project_iam_member.workflow_logs,
    google_storage_bucket_iam_member.workflow_reads_out,
  ]
}
