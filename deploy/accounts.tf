# Who may do what: an account per part, and nothing granted that no call needs. docs/OPERATIONS.md has
# the table of permissions and the calls behind them.

resource "google_service_account" "worker" {
  account_id   = "${var.name}-worker"
  display_name = "${var.name}: tasks of the job"
  depends_on   = [terraform_data.services_ready]
}

resource "google_service_account" "workflow" {
  account_id   = "${var.name}-workflow"
  display_name = "${var.name}: workflows"
  depends_on   = [terraform_data.services_ready]
}

resource "google_service_account" "scheduler" {
  account_id   = "${var.name}-scheduler"
  display_name = "${var.name}: schedules"
  depends_on   = [terraform_data.services_ready]
}

resource "google_service_account" "recorder" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  account_id   = "${var.name}-recorder"
  display_name = "${var.name}: recorders"
  depends_on   = [terraform_data.services_ready]
}

# The worker lists and reads chunks, and can change none of them.
resource "google_storage_bucket_iam_member" "worker_reads_raw" {
  bucket = local.raw_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.worker.member
}

# It replaces objects, for which Cloud Storage asks for objects.delete: objectCreator is not enough.
resource "google_storage_bucket_iam_member" "worker_writes_out" {
  bucket = local.out_bucket
  role   = "roles/storage.objectUser"
  member = google_service_account.worker.member
}

# The workflow reads plans and summaries, and the watch looks for manifests. Without the right to list, one that is
# missing would answer 403 in place of 404.
resource "google_storage_bucket_iam_member" "workflow_reads_out" {
  bucket = local.out_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.workflow.member
}

# roles/run.invoker would not do: it has no right to overrides.
resource "google_cloud_run_v2_job_iam_member" "workflow_starts_job" {
  for_each = local.jobs

  name     = google_cloud_run_v2_job.flowbars[each.key].name
  location = google_cloud_run_v2_job.flowbars[each.key].location
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = google_service_account.workflow.member
}

# The connector starts a job and then asks for its operation, and for nothing else: what an execution came to is
# in the operation. That right is in no role that starts jobs, and an operation belongs to the project, not to
# the job.
resource "google_project_iam_custom_role" "poller" {
  role_id     = "${local.role_prefix}_poller"
  title       = "${var.name}: asks how a job execution goes"
  description = "What the workflow needs besides roles/run.jobsExecutorWithOverrides"
  permissions = ["run.operations.get"]
  depends_on  = [terraform_data.services_ready]
}

resource "google_project_iam_member" "workflow_polls" {
  project = var.project
  role    = google_project_iam_custom_role.poller.id
  member  = google_service_account.workflow.member
}

resource "google_project_iam_member" "workflow_logs" {
  project    = var.project
  role       = "roles/logging.logWriter"
  member     = google_service_account.workflow.member
  depends_on = [terraform_data.services_ready]
}

resource "google_service_account_iam_member" "workflow_acts_as_worker" {
  count = var.workflow_acts_as_worker ? 1 : 0

  service_account_id = google_service_account.worker.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.workflow.member
}

# roles/workflows.invoker could also cancel runs and read their results. Workflows have no rights of their
# own, and conditions on their name are not among those that Google documents, so this is per project.
resource "google_project_iam_custom_role" "starter" {
  role_id     = "${local.role_prefix}_starter"
  title       = "${var.name}: starts a workflow"
  description = "All that a schedule does"
  permissions = ["workflows.executions.create"]
  depends_on  = [terraform_data.services_ready]
}

resource "google_project_iam_member" "scheduler_starts" {
  project = var.project
  role    = google_project_iam_custom_role.starter.id
  member  = google_service_account.scheduler.member
}

locals {
  operator_roles = toset([
    # The commands of an alert: whether a schedule stands still, what a task has written.
    "roles/cloudscheduler.viewer",
    "roles/logging.viewer",
    # Which executions and tasks of the job there were, and how each ended.
    "roles/run.viewer",
    # flowbars backfill, rerun and repair start an execution and ask how it goes; a person may cancel it.
    "roles/workflows.invoker",
    # What is deployed: gcloud workflows describe.
    "roles/workflows.viewer",
  ])
}

resource "google_project_iam_member" "operators" {
  for_each = {
    for pair in setproduct(var.operators, local.operator_roles) : join(" ", pair) => { member = pair[0], role = pair[1] }
  }

  project    = var.project
  role       = each.value.role
  member     = each.value.member
  depends_on = [terraform_data.services_ready]
}

# A cancelled execution of the workflow leaves its job running, which then has to be cancelled itself.
resource "google_cloud_run_v2_job_iam_member" "operators_cancel" {
  for_each = {
    for pair in setproduct(var.operators, keys(local.jobs)) : join(" ", pair) => { member = pair[0], job = pair[1] }
  }

  name     = google_cloud_run_v2_job.flowbars[each.value.job].name
  location = google_cloud_run_v2_job.flowbars[each.value.job].location
  role     = "roles/run.jobsExecutor"
  member   = each.value.member
}

# flowbars status, repair and --dry-run list both roots and read reports, manifests and records.
resource "google_storage_bucket_iam_member" "operators_read_raw" {
  for_each = var.operators

  bucket     = local.raw_bucket
  role       = "roles/storage.objectViewer"
  member     = each.key
  depends_on = [terraform_data.services_ready]
}

resource "google_storage_bucket_iam_member" "operators_read_out" {
  for_each = var.operators

  bucket     = local.out_bucket
  role       = "roles/storage.objectViewer"
  member     = each.key
  depends_on = [terraform_data.services_ready]
}

# A chunk is written once; a recorder that could replace one could also lose it.
resource "google_storage_bucket_iam_member" "recorders_add_raw" {
  for_each = var.recorders

  bucket     = local.raw_bucket
  role       = "roles/storage.objectCreator"
  member     = each.key
  depends_on = [terraform_data.services_ready]
}

# The recorders made here write each name once.
resource "google_storage_bucket_iam_member" "recorder_adds_raw" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  bucket = local.raw_bucket
  role   = "roles/storage.objectCreator"
  member = google_service_account.recorder[0].member
}

# They read _dataset.json, and after a lost answer whether their own chunk is there. Without the right to list, a name
# that is missing would answer 403 in place of 404.
resource "google_storage_bucket_iam_member" "recorder_reads_raw" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  bucket = local.raw_bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.recorder[0].member
}

resource "google_artifact_registry_repository_iam_member" "recorder_pulls_image" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  location   = google_artifact_registry_repository.images.location
  repository = google_artifact_registry_repository.images.name
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.recorder[0].member
}

# The machine sends what the container prints to Cloud Logging.
resource "google_project_iam_member" "recorder_logs" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  project    = var.project
  role       = "roles/logging.logWriter"
  member     = google_service_account.recorder[0].member
  depends_on = [terraform_data.services_ready]
}
