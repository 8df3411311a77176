#!/bin/sh
# The key that signs links, in the vault and nowhere else.
#   infra/secrets.sh           makes one if there is none; azd runs it after each provisioning
#   infra/secrets.sh rotate    makes a new one and keeps the old as the previous one; README.md says what comes before and after
set -eu
umask 077
: "${AZURE_KEY_VAULT_NAME:?run it with azd, or set it to the name of the vault}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A role that has just been given takes some minutes to work.
tries=30
until az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv > "$folder/names" 2> "$folder/problem"; do
  tries=$((tries - 1))
  if [ "$tries" -le 0 ]; then
    echo "The vault $AZURE_KEY_VAULT_NAME cannot be read; whoever deploys needs the role Key Vault Secrets Officer on it:" >&2
    cat "$folder/problem" >&2
    exit 1
  fi
  sleep "${SECRETS_WAIT:-10}"
done

# Values go by files: a command line can be seen by others on the machine.
keep() {
  az keyvault secret set --vault-name "$AZURE_KEY_VAULT_NAME" --name "$1" --file "$2" --output none
}

has_key() {
  grep -qx blog-secret "$folder/names"
}

if has_key && [ "${1:-}" != rotate ]; then
  exit 0
fi

if has_key; then
  az keyvault secret download --vault-name "$AZURE_KEY_VAULT_NAME" --name blog-secret --file "$folder/previous"
  keep blog-previous-secret "$folder/previous"
fi

openssl rand -base64 48 | tr -d '\n' > "$folder/key"
keep blog-secret "$folder/key"

# The app reads the vault when its settings change, else once a day.
az rest --method post --output none --url "https://management.azure.com/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$BLOG_APP/config/configreferences/appsettings/refresh?api-version=2022-03-01"
