using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Infra;

/// <summary>All resources of a deployment, with everything evaluated that can be before it is made; what cannot is an expression in brackets.</summary>
internal sealed partial class Deployment(JsonObject snapshot)
{
    /// <summary>Each with its type, name and properties.</summary>
    public IReadOnlyList<JsonObject> Resources { get; } =
    [.. snapshot["predictedResources"]!.AsArray().Select(node => node!.AsObject())];

    /// <summary>All of it, as text.</summary>
    public string Text { get; } = snapshot.ToJsonString();

    /// <summary>What the deployment hands out.</summary>
    public JsonObject Outputs => snapshot["outputs"]!.AsObject();

    /// <summary>The app's settings.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        ResourcesOfType("Microsoft.Web/sites/config").Single()["properties"]!
            .AsObject()
            .ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    /// <summary>The roles that are given: who, which and on what.</summary>
    public IReadOnlyList<string> Roles =>
        [.. ResourcesOfType("Microsoft.Authorization/roleAssignments").Select(RoleOf).Order(StringComparer.Ordinal)];

    /// <summary>The resources of a type.</summary>
    public IEnumerable<JsonObject> ResourcesOfType(string type) =>
        Resources.Where(resource => resource["type"]!.GetValue<string>() == type);

    /// <summary>The last parts of the names of a type's resources that stand in what is named so, in order.</summary>
    public IEnumerable<string> NamesOf(string type, string within) =>
        ResourcesOfType(type)
            .Select(resource => resource["name"]!.GetValue<string>())
            .Where(name => name.StartsWith(within, StringComparison.Ordinal))
            .Select(name => name[(name.LastIndexOf('/') + 1)..])
            .Order(StringComparer.Ordinal);

    private static string RoleOf(JsonObject assignment)
    {
        var properties = assignment["properties"]!;
        var principal = properties["principalId"]!.GetValue<string>();
        var who =
            principal == Bicep.Deployer ? "deployer"
            : principal.Contains("userAssignedIdentities/id-blog-", StringComparison.Ordinal) ? "app"
            : principal.Contains("Microsoft.EventGrid/systemTopics", StringComparison.Ordinal) ? "events"
            : principal;
        var role = properties["roleDefinitionId"]!.GetValue<string>();
        return $"{who}: {BuiltInRoles.NameOf(role[(role.LastIndexOf('/') + 1)..])} on {ScopeOf(assignment["id"]!.GetValue<string>())}";
    }

    /// <summary>The kind and the place, without the part of names that differs from one subscription to the next.</summary>
    private static string ScopeOf(string id)
    {
        var scope = Scope().Match(id).Groups["scope"].Value;
        return Token().Replace(scope, "").Replace("/default", "", StringComparison.Ordinal);
    }

    [GeneratedRegex("/resourceGroups/rg-test/providers/(?<scope>.+?)(?='|/providers/Microsoft.Authorization/)")]
    private static partial Regex Scope();

    [GeneratedRegex("-?[a-z0-9]{13}(?=/|$)")]
    private static partial Regex Token();
}
