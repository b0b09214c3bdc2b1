# The services that everything else stands on. They stay on when this deployment is destroyed, since
# others in the project may use them.
resource "google_project_service" "needed" {
  for_each = toset(concat(
    [
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
    ],
    var.cloud_build ? ["cloudbuild.googleapis.com"] : [],
    var.kms_key == null ? [] : ["cloudkms.googleapis.com"],
    length(var.recorder_zones) == 0 ? [] : ["compute.googleapis.com"],
  ))

  service            = each.key
  disable_on_destroy = false
}

# Google makes its own account of a service when the service is first used, and refuses before that what needs the
# account: the first workflow, and the right to use a key. So it is made here.
resource "google_project_service_identity" "agents" {
  for_each = toset(concat(
    ["workflows.googleapis.com"],
    var.kms_key == null ? [] : ["run.googleapis.com"],
  ))
  provider = google-beta

  project    = var.project
  service    = each.key
  depends_on = [google_project_service.needed]
}

# A service that has just been turned on still refuses calls for a while, and so does a new account. Only the
# first apply, or one that turns on another service, waits.
resource "terraform_data" "services_ready" {
  triggers_replace = [for each_service in google_project_service.needed : each_service.service]
  depends_on       = [google_project_service_identity.agents]

  provisioner "local-exec" {
    command = "sleep 60"
  }
}
