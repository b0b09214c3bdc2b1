# What the next commands need, and the next commands.

output "image_repository" {
  description = "Where deploy/build.sh pushes to."
  value       = "${google_artifact_registry_repository.images.location}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.images.repository_id}"
}

output "project" {
  description = "The project, for deploy/build.sh."
  value       = var.project
}

output "region" {
  description = "The region, for deploy/build.sh."
  value       = var.region
}

output "name" {
  description = "What the image is called, for deploy/build.sh."
  value       = var.name
}

output "builder" {
  description = "Account of Cloud Build; empty without cloud_build."
  value       = one(google_service_account.builder[*].id) == null ? "" : google_service_account.builder[0].id
}

output "builder_sources" {
  description = "Where Cloud Build takes sources from; empty without cloud_build."
  value       = one(google_storage_bucket.sources[*].url) == null ? "" : google_storage_bucket.sources[0].url
}

output "image" {
  description = "Image of the jobs at this moment."
  value       = local.image
}

output "workflow" {
  description = "Name of the workflow, as the operators' commands take it."
  value       = google_workflows_workflow.flowbars.id
}

output "site" {
  description = "Root of the pages that runs write; empty without site_folder."
  value       = local.site_root
}

output "accounts" {
  description = "Service accounts by part."
  value = {
    recorder  = join("", google_service_account.recorder[*].email)
    worker    = google_service_account.worker.email
    workflow  = google_service_account.workflow.email
    scheduler = google_service_account.scheduler.email
  }
}

output "environment" {
  description = "For a shell: eval \"$(terraform -chdir=deploy output -raw environment)\""
  value = join("", [
    for name, value in merge(local.shared_settings, {
      FLOWBARS_WORKFLOW    = google_workflows_workflow.flowbars.id
      FLOWBARS_RAW         = local.raw_root
      FLOWBARS_OUT         = local.out_root
      FLOWBARS_PARALLELISM = tostring(var.parallelism)
    }) : "export ${name}='${replace(value, "'", "'\\''")}'\n"
  ])
}

output "next" {
  description = "What to do now."
  value = var.image == "" ? (
    <<-EOT
      The jobs run on a placeholder and the schedules stand still. From the project's root:

        deploy/build.sh${var.cloud_build ? " --cloud-build" : ""}
        terraform -chdir=deploy apply
    EOT
    ) : (
    <<-EOT
      The jobs run ${local.image}. From the project's root:

        eval "$(terraform -chdir=deploy output -raw environment)"
        npx flowbars backfill --from DAY --to DAY --dry-run
        npx flowbars backfill --from DAY --to DAY --wait
        npx flowbars status
        gcloud workflows executions list ${google_workflows_workflow.flowbars.name} --location=${var.region} --project=${var.project} --limit=3
        gcloud workflows executions describe EXECUTION --workflow=${google_workflows_workflow.flowbars.name} --location=${var.region} --project=${var.project}
    EOT
  )
}
