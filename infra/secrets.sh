#!/bin/sh
# Creates the key that signs links. It is stored in the vault only.
#   infra/secrets.sh           creates the key if there is none; azd runs this after each provisioning
#   infra/secrets.sh rotate    creates a new key and stores the old one as the previous one; for the steps before and
#                              after, see README.md
set -eu
umask 077
: "${AZURE_KEY_VAULT_NAME:?run it with azd, or set it to the name of the vault}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# A new role assignment takes some minutes to become effective.
tries=30
until az keyvault secret list --vault-name "$AZURE_KEY_VAULT_NAME" --query '[].name' --output tsv \
  > "$folder/names" 2> "$folder/problem"
do
  tries=$((tries - 1))
  if [ "$tries" -le 0 ]; then
    echo "The vault $AZURE_KEY_VAULT_NAME cannot be read;" \
      "whoever deploys needs the role Key Vault Secrets Officer on it:" >&2
    cat "$folder/problem" >&2
    exit 1
  fi
  sleep "${SECRETS_WAIT:-10}"
done

# Passes values by files, because other users of the machine can see command lines.
set_secret() {
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
  set_secret blog-previous-secret "$folder/previous"
fi

openssl rand -base64 48 | tr -d '\n' > "$folder/key"
set_secret blog-secret "$folder/key"

# Makes the app read the vault again, which it otherwise does when its settings change and once a day.
app="subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$BLOG_APP"
az rest --method post --output none \
  --url "https://management.azure.com/$app/config/configreferences/appsettings/refresh?api-version=2022-03-01"
