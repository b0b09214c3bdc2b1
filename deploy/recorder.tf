# Recorders that never stop: a machine in each chosen zone with a disk of its own for what is not uploaded yet. A group of
# one starts it again, and makes it anew with the same disk where it does not answer. deploy/README.md says why no Cloud Run.

# A network of its own admits nothing but what is written here.
resource "google_compute_network" "recorders" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  name                    = "${var.name}-recorders"
  auto_create_subnetworks = false
  depends_on              = [terraform_data.services_ready]
}

resource "google_compute_subnetwork" "recorders" {
  #checkov:skip=CKV_GCP_26:Flow logs are billed by the flow, and one exchange sends everything that there is.
  #checkov:skip=CKV_GCP_76:There is no IPv6 here.
  count = length(var.recorder_zones) == 0 ? 0 : 1

  name                     = "${var.name}-recorders"
  network                  = google_compute_network.recorders[0].id
  region                   = var.region
  ip_cidr_range            = "10.20.0.0/28"
  private_ip_google_access = true
}

# Where Google's health checks come from: https://cloud.google.com/load-balancing/docs/health-check-concepts
resource "google_compute_firewall" "recorders_health" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  name                    = "${var.name}-recorders-health"
  network                 = google_compute_network.recorders[0].id
  direction               = "INGRESS"
  source_ranges           = ["35.191.0.0/16", "130.211.0.0/22"]
  target_service_accounts = [google_service_account.recorder[0].email]

  allow {
    protocol = "tcp"
    ports    = [tostring(var.recorder_metrics_port)]
  }
}

resource "google_compute_health_check" "recorders" {
  count = length(var.recorder_zones) == 0 ? 0 : 1

  name                = "${var.name}-recorders"
  check_interval_sec  = 30
  timeout_sec         = 10
  healthy_threshold   = 1
  unhealthy_threshold = 6
  depends_on          = [terraform_data.services_ready]

  http_health_check {
    port         = var.recorder_metrics_port
    request_path = "/healthz"
  }
}

resource "google_compute_instance_template" "recorder" {
  #checkov:skip=CKV_GCP_40:Its own address is what it reaches the exchange by; a NAT would bill every byte of the feed. Nothing may come in.
  count = length(var.recorder_zones) == 0 ? 0 : 1

  name_prefix  = "${var.name}-recorder-"
  machine_type = var.recorder_machine_type
  region       = var.region
  depends_on   = [terraform_data.services_ready]

  disk {
    boot         = true
    auto_delete  = true
    source_image = "projects/cos-cloud/global/images/family/cos-stable"
    disk_type    = "pd-standard"
    disk_size_gb = 10
  }

  # Of pd-standard 20 GB would write 2.4 MB/s, and hundreds of busy symbols bring more.
  disk {
    boot         = false
    auto_delete  = false
    device_name  = "spool"
    disk_type    = "pd-balanced"
    disk_size_gb = var.recorder_spool_gb
  }

  network_interface {
    subnetwork = google_compute_subnetwork.recorders[0].id

    access_config {
      network_tier = "STANDARD"
    }
  }

  service_account {
    email  = google_service_account.recorder[0].email
    scopes = ["cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  scheduling {
    automatic_restart   = true
    on_host_maintenance = "MIGRATE"
  }

  metadata = {
    block-project-ssh-keys = "true"
    enable-oslogin         = "true"
    flowbars-environment   = local.recorder_environment
    flowbars-image         = local.image
    google-logging-enabled = "true"
    user-data              = file("${path.module}/recorder.yaml")
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_instance_group_manager" "recorders" {
  for_each = local.recorders

  name               = each.value.name
  base_instance_name = each.value.name
  zone               = each.value.zone
  target_size        = 1

  version {
    instance_template = google_compute_instance_template.recorder[0].id
  }

  # The spool goes on with the machine that takes the place of another.
  stateful_disk {
    device_name = "spool"
    delete_rule = "NEVER"
  }

  auto_healing_policies {
    health_check = google_compute_health_check.recorders[0].id
    # Time to boot, to pull the image and to finish what the last process left.
    initial_delay_sec = 300
  }

  # An apply replaces no running recorder: two would stop at once. docs/OPERATIONS.md, Recorders, rolls them one by one.
  update_policy {
    type                  = "OPPORTUNISTIC"
    minimal_action        = "REPLACE"
    replacement_method    = "RECREATE"
    max_surge_fixed       = 0
    max_unavailable_fixed = 1
  }

  # A recorder that starts before its rights are there fails in vain.
  depends_on = [
    google_artifact_registry_repository_iam_member.recorder_pulls_image,
    google_compute_firewall.recorders_health,
    google_project_iam_member.recorder_logs,
    google_storage_bucket_iam_member.recorder_adds_raw,
    google_storage_bucket_iam_member.recorder_reads_raw,
  ]
}
