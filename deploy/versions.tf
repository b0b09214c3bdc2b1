# test/support/deploy holds every attribute of this folder against both ends of this range: raise both together.
terraform {
  # 1.9 is the first version in which the check of a variable may look at another variable.
  required_version = ">= 1.9.0, < 2.0.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50, < 9"
    }

    # For one resource, google_project_service_identity, which the other provider does not have.
    google-beta = {
      source  = "hashicorp/google-beta"
      version = ">= 6.50, < 9"
    }
  }
}

provider "google" {
  project        = var.project
  region         = var.region
  default_labels = { app = var.name }
}

provider "google-beta" {
  project = var.project
  region  = var.region
}
