# The Cloud Run jobs: one image, started by the workflow with a command and a plan of its own each time.
resource "google_cloud_run_v2_job" "flowbars" {
  for_each = local.jobs

  name                = each.value.name
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    # A run says how many tasks it has, and cannot change the parallelism.
    task_count  = each.value.task_count
    parallelism = each.value.parallelism

    template {
      service_account       = google_service_account.worker.email
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      max_retries           = var.max_retries
      timeout               = "${var.task_timeout_seconds}s"
      encryption_key        = var.kms_key

      containers {
        # By digest: an apply rolls out, an apply with the digest before it rolls back.
        image = local.image

        resources {
          limits = {
            cpu    = tostring(var.cpu)
            memory = "${var.memory_gib}Gi"
          }
        }

        dynamic "env" {
          for_each = local.environment
          content {
            name  = env.key
            value = env.value
          }
        }
      }
    }
  }

  # A task that starts before its rights are there fails in vain.
  depends_on = [
    google_kms_crypto_key_iam_member.agents_use_key,
    google_storage_bucket_iam_member.worker_reads_raw,
    google_storage_bucket_iam_member.worker_writes_out,
  ]
}

# A deployment from before the small job keeps its job, which deletion_protection would not let go.
moved {
  from = google_cloud_run_v2_job.flowbars
  to   = google_cloud_run_v2_job.flowbars["large"]
}

moved {
  from = google_cloud_run_v2_job_iam_member.workflow_starts_job
  to   = google_cloud_run_v2_job_iam_member.workflow_starts_job["large"]
}
