using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infra;

/// <summary>The function app and its settings.</summary>
public sealed class AppTests
{
    [Fact]
    public async Task The_blog_starts_with_the_settings_that_it_gets()
    {
        foreach (var deployment in new[] { await Bicep.PlainAsync(), await Bicep.FullAsync() })
        {
            RecordingConfiguration.ReadAll(Resolve(deployment.Settings)); // throws on a missing or invalid setting
        }
    }

    [Fact]
    public async Task Every_setting_that_the_code_reads_is_deployed_or_listed_in_the_settings_that_the_guide_links_to()
    {
        var settings = Resolve((await Bicep.FullAsync()).Settings);
        var guide = await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "README.md"));
        var list = await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "docs", "settings.md"));

        var read = RecordingConfiguration
            .ReadAll(settings)
            .Names.Where(name => name.StartsWith("Blog", StringComparison.Ordinal) && name != StorageNames.Connection);

        Assert.All(read.Except(settings.Keys, StringComparer.OrdinalIgnoreCase), name =>
            Assert.Contains($"`{name}`", list, StringComparison.Ordinal)
        );
        Assert.Contains("](../docs/settings.md)", guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_setting_is_deployed_that_the_code_does_not_read()
    {
        var settings = Resolve((await Bicep.FullAsync()).Settings);

        var read = RecordingConfiguration.ReadAll(settings).Names;

        Assert.Empty(
            settings
                .Keys.Where(name => name.StartsWith("Blog", StringComparison.Ordinal))
                .Except(read, StringComparer.OrdinalIgnoreCase)
        );
        // The handler applies forwarded headers itself, and only for requests of the host.
        Assert.DoesNotContain("ASPNETCORE_FORWARDEDHEADERS_ENABLED", settings.Keys);
    }

    [Fact]
    public async Task Behind_Front_Door_the_clients_address_is_read_from_Front_Doors_header()
    {
        Assert.Equal("X-Azure-ClientIP", (await Bicep.FullAsync()).Settings["Blog__ClientAddressHeader"]);
        Assert.DoesNotContain("Blog__ClientAddressHeader", (await Bicep.PlainAsync()).Settings.Keys);
    }

    [Fact]
    public async Task Telemetry_goes_to_Application_Insights_with_the_identity_of_the_app()
    {
        var settings = (await Bicep.PlainAsync()).Settings;

        Assert.Contains("APPLICATIONINSIGHTS_CONNECTION_STRING", settings.Keys);
        Assert.Contains(
            "Authorization=AAD",
            settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_platforms_own_home_page_is_disabled() =>
        Assert.Equal("true", (await Bicep.PlainAsync()).Settings["AzureWebJobsDisableHomepage"]);

    [Fact]
    public async Task Secrets_are_in_the_vault()
    {
        var settings = (await Bicep.FullAsync()).Settings;

        Assert.Equal(
            [
                ("Blog__PreviousSecret", "blog-previous-secret"),
                ("Blog__Secret", "blog-secret"),
                ("Blog__Smtp", "smtp"),
                ("Blog__Webhooks", "webhooks"),
            ],
            settings
                .Where(setting => setting.Value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal))
                .Select(setting => (setting.Key, setting.Value.Split("SecretName=")[1].TrimEnd(')')))
                .Order()
        );
        Assert.DoesNotContain((await Bicep.PlainAsync()).Settings.Keys, name =>
            name is "Blog__Smtp" or "Blog__Webhooks" or "Blog__PreviousSecret" or "Blog__OriginSecret"
        );
    }

    [Fact]
    public async Task The_secret_of_another_CDN_is_in_the_vault_and_not_needed_with_Front_Door()
    {
        var settings = (await Bicep.OtherCdnAsync()).Settings;

        Assert.Equal("@Microsoft.KeyVault(VaultName=kv-blog-", settings["Blog__OriginSecret"][..38]);
        Assert.EndsWith(";SecretName=origin-secret)", settings["Blog__OriginSecret"], StringComparison.Ordinal);
        RecordingConfiguration.ReadAll(Resolve(settings)); // throws on an invalid setting
        Assert.DoesNotContain("Blog__OriginSecret", (await Bicep.FullAsync()).Settings.Keys);
    }

    [Fact]
    public async Task It_is_a_custom_handler_on_Flex_Consumption_with_a_limited_number_of_instances()
    {
        var deployment = await Bicep.PlainAsync();
        var configuration = deployment.ResourcesOfType("Microsoft.Web/sites").Single()["properties"]![
            "functionAppConfig"
        ]!;

        Assert.Equal("FC1", (string)deployment.ResourcesOfType("Microsoft.Web/serverfarms").Single()["sku"]!["name"]!);
        Assert.Equal("custom", (string)configuration["runtime"]!["name"]!);
        Assert.Equal(
            "UserAssignedIdentity",
            (string)configuration["deployment"]!["storage"]!["authentication"]!["type"]!
        );
        Assert.InRange((int)configuration["scaleAndConcurrency"]!["maximumInstanceCount"]!, 1, 100);
        Assert.Equal(
            "blog",
            (string)deployment.ResourcesOfType("Microsoft.Web/sites").Single()["tags"]!["azd-service-name"]!
        );
        Assert.Contains(
            "\n  blog:\n",
            await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "..", "azure.yaml")),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Replaces the values that only Azure can evaluate (secrets, service URIs) with sample values, as the app will see
    /// them.
    /// </summary>
    private static Dictionary<string, string> Resolve(IReadOnlyDictionary<string, string> settings)
    {
        var resolved = settings.ToDictionary(
            setting => setting.Key,
            setting =>
                setting switch
                {
                    { Key: "Blog__Smtp" } => "smtps://user:password@mail.example.com",
                    { Key: "Blog__Webhooks" } => $"https://hooks.example.com whsec_{new string('A', 32)}",
                    { Value: var value } when value.StartsWith("@Microsoft.KeyVault(", StringComparison.Ordinal) =>
                        new string('s', 64),
                    { Key: var name, Value: ['[', ..] } when name.EndsWith("Uri", StringComparison.Ordinal) =>
                        "https://account.blob.core.windows.net/",
                    { Value: var value } => value,
                }
        );
        resolved["WEBSITE_HOSTNAME"] = "func-blog.azurewebsites.net"; // set by the platform
        return resolved;
    }
}
