# For machines without Docker: what Cloud Build needs to build and push, and nothing of the default
# compute account, which may often do everything in a project.

resource "google_service_account" "builder" {
  count = var.cloud_build ? 1 : 0

  account_id   = "${var.name}-builder"
  display_name = "${var.name}: builds the image"
  depends_on   = [terraform_data.services_ready]
}

# deploy/build.sh puts the sources here, Cloud Build takes them.
resource "google_storage_bucket" "sources" {
  #checkov:skip=CKV_GCP_62:Sources of one build, deleted after a week.
  #checkov:skip=CKV_GCP_78:Sources of one build are in git; old versions of them are of no use.
  count = var.cloud_build ? 1 : 0

  name                        = "${replace(var.project, "/[:.]/", "-")}-${var.name}-sources"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = true

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }

  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      age = 7
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.agents_use_key, terraform_data.services_ready]
}

resource "google_storage_bucket_iam_member" "builder_reads_sources" {
  count = var.cloud_build ? 1 : 0

  bucket = google_storage_bucket.sources[0].name
  role   = "roles/storage.objectViewer"
  member = google_service_account.builder[0].member
}

resource "google_artifact_registry_repository_iam_member" "builder_pushes" {
  count = var.cloud_build ? 1 : 0

  location   = google_artifact_registry_repository.images.location
  repository = google_artifact_registry_repository.images.name
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.builder[0].member
}

resource "google_project_iam_member" "builder_logs" {
  count = var.cloud_build ? 1 : 0

  project = var.project
  role    = "roles/logging.logWriter"
  member  = google_service_account.builder[0].member
}
