# A deployment with every optional part. checkov leaves out what has a count of 0, and so would not look at it.
project                 = "my-project"
region                  = "europe-west1"
raw_bucket              = "my-recordings"
out_bucket              = "my-bars"
create_raw_bucket       = true
create_out_bucket       = true
cloud_build             = true
kms_key                 = "projects/my-keys/locations/europe-west1/keyRings/data/cryptoKeys/flowbars"
workflow_acts_as_worker = true
site_folder             = "_site"
raw_delete_days         = 365
raw_storage_class_after = { days = 60, class = "NEARLINE" }
operators               = ["group:market-data@example.com"]
recorders               = ["serviceAccount:recorder@my-project.iam.gserviceaccount.com"]
alert_emails            = ["on-call@example.com"]
image                   = "europe-west1-docker.pkg.dev/my-project/flowbars/flowbars@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
recorder_zones          = ["b", "c"]
recorder_symbols        = ["BTCUSDT", "ETHUSDT"]
