# Where the images of the job are. What runs is named by digest (var.image), so tags may move.
resource "google_artifact_registry_repository" "images" {
  #checkov:skip=CKV_GCP_84:An image holds public source and no data; Google's own keys encrypt it.
  location      = var.region
  repository_id = var.name
  description   = "Images of the Cloud Run job ${var.name}"
  format        = "DOCKER"

  # The newest stay whatever their age, so that there is something to roll back to; a delete rule alone
  # would take the running image as well.
  cleanup_policies {
    id     = "keep-newest"
    action = "KEEP"

    most_recent_versions {
      keep_count = 20
    }
  }

  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"

    condition {
      tag_state  = "ANY"
      older_than = "2592000s"
    }
  }

  depends_on = [terraform_data.services_ready]
}
