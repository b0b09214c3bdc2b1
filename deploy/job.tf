# The Cloud Run job: one image, started by the workflow with a command and a plan of its own each time.
resource "google_cloud_run_v2_job" "flowbars" {
  name                = var.name
  location            = var.region
  deletion_protection = var.deletion_protection

  template {
    # A run says how many tasks it has. This default only has to reach the parallelism, which no run can
    # change and which may not exceed it.
    task_count  = var.parallelism
    parallelism = var.parallelism

    template {
      service_account       = google_service_account.worker.email
      execution_environment = "EXECUTION_ENVIRONMENT_GEN2"
      max_retries           = var.max_retries
      timeout               = "${var.task_timeout_seconds}s"

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
    google_storage_bucket_iam_member.worker_reads_raw,
    google_storage_bucket_iam_member.worker_writes_out,
  ]
}
