# Raw chunks and results, each made here or existing already. The rules of a bucket that exists are the
# business of whoever made it.

resource "google_storage_bucket" "raw" {
  #checkov:skip=CKV_GCP_62:Access logs are a bill per request on 2,880 objects per symbol-day; audit logs of Cloud Storage can be turned on for the project.
  count = var.create_raw_bucket ? 1 : 0

  name                        = var.raw_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.force_destroy

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = var.raw_soft_delete_days * 86400
  }

  # In every rule without an age, age stays unset. Provider 6 then sends none; a zero would be "at once".
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = var.noncurrent_days
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      # The live version counts among the newer ones.
      num_newer_versions = var.noncurrent_versions + 1
      with_state         = "ARCHIVED"
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.raw_storage_class_after == null ? [] : [var.raw_storage_class_after]
    content {
      action {
        type          = "SetStorageClass"
        storage_class = lifecycle_rule.value.class
      }
      condition {
        age            = lifecycle_rule.value.days
        with_state     = "LIVE"
        matches_suffix = local.chunk_suffixes
      }
    }
  }

  dynamic "lifecycle_rule" {
    for_each = var.raw_delete_days == null ? [] : [var.raw_delete_days]
    content {
      action {
        type = "Delete"
      }
      condition {
        age            = lifecycle_rule.value
        with_state     = "LIVE"
        matches_suffix = local.chunk_suffixes
      }
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.agents_use_key, terraform_data.services_ready]
}

resource "google_storage_bucket" "out" {
  #checkov:skip=CKV_GCP_62:Manifests tie every result to its input by checksum; who read a bar file is nothing that this project keeps.
  count = var.create_out_bucket ? 1 : 0

  name                        = var.out_bucket
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = var.force_destroy

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }

  # A run replaces files; the versions before it are what a roll-back takes.
  versioning {
    enabled = true
  }

  # Off: it would keep each version that the rules below delete, and bill it, for another week.
  soft_delete_policy {
    retention_duration_seconds = 0
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = var.noncurrent_days
    }
  }

  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      # The live version counts among the newer ones.
      num_newer_versions = var.noncurrent_versions + 1
      with_state         = "ARCHIVED"
    }
  }

  lifecycle_rule {
    action {
      type = "AbortIncompleteMultipartUpload"
    }
    condition {
      age = 7
    }
  }

  # Only a run itself reads its records; what lasts of it is in the manifests, one folder above.
  dynamic "lifecycle_rule" {
    for_each = var.run_record_days == null ? [] : [var.run_record_days]
    content {
      action {
        type = "Delete"
      }
      condition {
        age            = lifecycle_rule.value
        matches_prefix = [local.run_records]
      }
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.agents_use_key, terraform_data.services_ready]
}

locals {
  # Through the resource where there is one, so that rights come after the bucket.
  raw_bucket = var.create_raw_bucket ? google_storage_bucket.raw[0].name : var.raw_bucket
  out_bucket = var.create_out_bucket ? google_storage_bucket.out[0].name : var.out_bucket
}

# A warning, not a refusal: across regions everything works, and every byte that a task reads is billed. The same
# holds for a multi-region such as EU, even from a region inside of it.
check "raw_bucket_location" {
  data "google_storage_bucket" "raw" {
    name       = var.raw_bucket
    depends_on = [google_storage_bucket.raw]
  }

  assert {
    condition = contains(concat(
      [lower(data.google_storage_bucket.raw.location)],
      lookup(local.dual_regions, data.google_storage_bucket.raw.location, []),
      [for place in flatten(data.google_storage_bucket.raw.custom_placement_config[*].data_locations) : lower(place)],
    ), var.region)
    error_message = "region: found ${var.region} with the bucket ${var.raw_bucket} in ${data.google_storage_bucket.raw.location}, expected the region of the bucket or one of its two: data transfer out of it is billed per GB, some 0.95 GB a symbol-day of plain chunks."
  }
}
