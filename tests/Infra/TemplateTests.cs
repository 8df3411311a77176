using System.Text.Json.Nodes;

namespace ServerlessBlog.Tests.Infra;

/// <summary>The templates in infra/, compiled and linted, with their parameter file and workflow.</summary>
[Trait("Category", "Slow")]
public sealed class TemplateTests
{
    [Fact]
    public async Task It_compiles_and_lints_without_diagnostics()
    {
        var (_, lint) = await Bicep.RunAsync("lint", "main.bicep");
        var (_, build) = await Bicep.TemplateAsync();

        Assert.Equal(("", ""), (lint, build));
    }

    [Fact]
    public async Task The_parameter_file_sets_each_parameter_without_a_default_and_none_that_does_not_exist()
    {
        var (template, _) = await Bicep.TemplateAsync();
        var parameters = JsonNode.Parse(template)!["parameters"]!.AsObject();
        var given = ParameterFile().Select(parameter => parameter.Key).ToHashSet();

        Assert.Empty(given.Except(parameters.Select(parameter => parameter.Key)));
        Assert.Empty(
            parameters
                .Where(parameter => parameter.Value!["defaultValue"] is null)
                .Select(parameter => parameter.Key)
                .Except(given)
        );
    }

    [Fact]
    public async Task The_workflow_passes_on_each_variable_that_the_parameter_file_reads()
    {
        var workflow = await File.ReadAllTextAsync(
            Path.Combine(Bicep.Folder, "..", ".github", "workflows", "deploy.yml")
        );

        var read = ParameterFile()
            .Select(parameter => parameter.Value!["value"]!.ToString())
            .Where(value => value.StartsWith("${", StringComparison.Ordinal))
            .Select(value => value[2..].Split('=', '}')[0])
            .Where(name => !name.StartsWith("AZURE_PRINCIPAL", StringComparison.Ordinal)); // set by azd itself

        Assert.All(read, name => Assert.Contains($"\n      {name}: ", workflow, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_are_neither_parameters_nor_outputs_of_a_deployment()
    {
        var (template, _) = await Bicep.TemplateAsync();
        var deployment = await Bicep.FullAsync();

        Assert.DoesNotContain("\"[list", template, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i)listKeys|listSecrets|list[a-z]*Sas|securestring|secureObject", template);
        Assert.Equal(
            ["AZURE_KEY_VAULT_NAME", "AZURE_RESOURCE_GROUP", "BLOG_ADDRESS", "BLOG_APP", "BLOG_STORAGE_ACCOUNT"],
            deployment.Outputs.Select(output => output.Key).Order(StringComparer.Ordinal)
        );
        Assert.Empty(deployment.ResourcesOfType("Microsoft.KeyVault/vaults/secrets"));
    }

    private static JsonObject ParameterFile() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Bicep.Folder, "main.parameters.json")))!["parameters"]!.AsObject();
}
