# A key of one's own, where var.kms_key names one: each of Google's accounts that encrypt with it may use it.

# Reading it makes the account, if Cloud Storage has none in this project yet.
data "google_storage_project_service_account" "agent" {
  count = var.kms_key == null ? 0 : 1

  depends_on = [terraform_data.services_ready]
}

resource "google_kms_crypto_key_iam_member" "agents_use_key" {
  for_each = var.kms_key == null ? {} : {
    run       = google_project_service_identity.agents["run.googleapis.com"].email
    storage   = data.google_storage_project_service_account.agent[0].email_address
    workflows = google_project_service_identity.agents["workflows.googleapis.com"].email
  }

  crypto_key_id = var.kms_key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value}"
  depends_on    = [terraform_data.services_ready]
}
