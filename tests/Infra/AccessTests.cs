namespace ServerlessBlog.Tests.Infra;

/// <summary>The role assignments in Azure, and authentication without passwords and keys.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task Each_identity_has_exactly_the_roles_that_it_needs()
    {
        const string Blog = "Microsoft.Storage/storageAccounts/stblog";
        const string Host = "Microsoft.Storage/storageAccounts/sthost";

        var roles = (await Bicep.FullAsync()).Roles;

        Assert.Equal(
            [
                "app: Key Vault Secrets User on Microsoft.KeyVault/vaults/kv-blog",
                "app: Monitoring Metrics Publisher on Microsoft.Insights/components/appi-blog",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/accepted",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/bounces",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/media",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/pages",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/pictures",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/posts",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/reports",
                $"app: Storage Blob Data Contributor on {Blog}/blobServices/containers/search",
                $"app: Storage Blob Data Owner on {Host}",
                $"app: Storage Queue Data Contributor on {Blog}",
                $"app: Storage Table Data Contributor on {Blog}",
                "deployer: Key Vault Secrets Officer on Microsoft.KeyVault/vaults/kv-blog",
                $"deployer: Storage Blob Data Contributor on {Blog}/blobServices/containers/media",
                $"deployer: Storage Blob Data Contributor on {Blog}/blobServices/containers/posts",
                $"deployer: Storage Blob Data Reader on {Blog}/blobServices/containers/reports",
                $"events: Storage Blob Data Contributor on {Host}/blobServices/containers/undelivered-events",
                $"events: Storage Queue Data Message Sender on {Blog}/queueServices/queues/uploads",
            ],
            roles
        );
    }

    [Fact]
    public async Task The_app_the_vault_and_the_telemetry_accept_no_passwords_or_keys()
    {
        var deployment = await Bicep.PlainAsync();

        Assert.All(deployment.ResourcesOfType("Microsoft.Web/sites/basicPublishingCredentialsPolicies"), policy =>
            Assert.False((bool)policy["properties"]!["allow"]!)
        );
        Assert.Equal(
            ["ftp", "scm"],
            deployment.NamesOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "func-blog")
        );
        Assert.True((bool)deployment.ResourcesOfType("Microsoft.Web/sites").Single()["properties"]!["httpsOnly"]!);
        Assert.True(
            (bool)
                deployment.ResourcesOfType("Microsoft.KeyVault/vaults").Single()["properties"]![
                    "enableRbacAuthorization"
                ]!
        );
        Assert.True(
            (bool)
                deployment.ResourcesOfType("Microsoft.Insights/components").Single()["properties"]!["DisableLocalAuth"]!
        );
    }
}
