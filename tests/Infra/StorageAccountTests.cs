using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infra;

/// <summary>The storage accounts: the names that the code uses, access, retention.</summary>
public sealed class StorageAccountTests
{
    private const string Account = "Microsoft.Storage/storageAccounts";

    [Fact]
    public async Task Exactly_the_containers_tables_and_queues_of_the_code_are_deployed()
    {
        var deployment = await Bicep.PlainAsync();

        Assert.Equal(
            StorageNames.Containers.Order(StringComparer.Ordinal),
            deployment.NamesOf($"{Account}/blobServices/containers", "stblog")
        );
        Assert.Equal(
            StorageNames.Tables.Order(StringComparer.Ordinal),
            deployment.NamesOf($"{Account}/tableServices/tables", "stblog")
        );
        Assert.Equal(
            StorageNames
                .Queues.Concat(StorageNames.Queues.Select(StorageNames.PoisonQueueOf))
                .Order(StringComparer.Ordinal),
            deployment.NamesOf($"{Account}/queueServices/queues", "stblog")
        );
        Assert.Equal(
            ["deployments", "undelivered-events"],
            deployment.NamesOf($"{Account}/blobServices/containers", "sthost")
        );
    }

    [Fact]
    public async Task They_accept_no_account_keys_and_nothing_in_them_is_public()
    {
        var deployment = await Bicep.PlainAsync();

        Assert.Equal(2, deployment.ResourcesOfType(Account).Count());
        Assert.All(deployment.ResourcesOfType(Account).Select(account => account["properties"]!), properties =>
        {
            Assert.False((bool)properties["allowSharedKeyAccess"]!);
            Assert.False((bool)properties["allowBlobPublicAccess"]!);
            Assert.True((bool)properties["supportsHttpsTrafficOnly"]!);
            Assert.Equal("TLS1_2", (string)properties["minimumTlsVersion"]!);
        });
        Assert.All(deployment.ResourcesOfType($"{Account}/blobServices/containers"), container =>
            Assert.Equal("None", (string)container["properties"]!["publicAccess"]!)
        );
    }

    [Fact]
    public async Task What_the_author_overwrites_or_deletes_can_be_restored()
    {
        var blobs = (await Bicep.PlainAsync())
            .ResourcesOfType($"{Account}/blobServices")
            .Single(service => ((string)service["name"]!).StartsWith("stblog", StringComparison.Ordinal))[
            "properties"
        ]!;

        Assert.True((bool)blobs["isVersioningEnabled"]!);
        Assert.True((bool)blobs["deleteRetentionPolicy"]!["enabled"]!);
        Assert.True((bool)blobs["containerDeleteRetentionPolicy"]!["enabled"]!);
        Assert.InRange((int)blobs["deleteRetentionPolicy"]!["days"]!, 7, 365);
    }

    [Fact]
    public async Task Only_what_can_be_rendered_again_and_returned_mail_are_deleted_by_age()
    {
        var rules = (await Bicep.PlainAsync()).ResourcesOfType($"{Account}/managementPolicies").Single()["properties"]![
            "policy"
        ]!["rules"]!
            .AsArray()
            .Select(rule => rule!["definition"]!);

        Assert.Equal(
            [$"{StorageNames.Pages}/", $"{StorageNames.Reports}/", $"{StorageNames.Bounces}/"],
            rules.Where(rule => rule["actions"]!["baseBlob"] is not null).SelectMany(PrefixesOf)
        );
        Assert.Equal(
            StorageNames.Containers.Select(name => $"{name}/").Order(StringComparer.Ordinal),
            rules
                .Where(rule => rule["actions"]!["version"]?["delete"] is not null)
                .SelectMany(PrefixesOf)
                .Order(StringComparer.Ordinal)
        ); // otherwise old versions accumulate
    }

    private static IEnumerable<string> PrefixesOf(JsonNode rule) =>
        rule["filters"]!["prefixMatch"]!.AsArray().Select(prefix => (string)prefix!);
}
