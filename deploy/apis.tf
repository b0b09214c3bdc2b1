# The services that everything else stands on. They stay on when this deployment is destroyed, since
# others in the project may use them.
resource "google_project_service" "needed" {
  for_each = toset(concat([
    "artifactregistry.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "cloudscheduler.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
    "workflowexecutions.googleapis.com",
    "workflows.googleapis.com",
  ], var.cloud_build ? ["cloudbuild.googleapis.com"] : []))

  service            = each.key
  disable_on_destroy = false
}

# A service that has just been turned on still refuses calls for a while, and Google's own accounts for it come
# late. Only the first apply, or one that turns on another service, waits.
resource "terraform_data" "services_ready" {
  triggers_replace = [for each_service in google_project_service.needed : each_service.service]

  provisioner "local-exec" {
    command = "sleep 60"
  }
}
