using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServerlessBlog.Tests.Infra;

/// <summary>
/// The resources of a predicted deployment. Expressions are evaluated as far as possible before a deployment; the
/// others remain as expressions in brackets.
/// </summary>
internal sealed partial class Deployment(JsonObject snapshot)
{
    /// <summary>All resources, each with its type, name and properties.</summary>
    public IReadOnlyList<JsonObject> Resources { get; } =
    [.. snapshot["predictedResources"]!.AsArray().Select(node => node!.AsObject())];

    /// <summary>The whole prediction as JSON.</summary>
    public string Text { get; } = snapshot.ToJsonString();

    /// <summary>The outputs of the deployment, by name.</summary>
    public JsonObject Outputs => snapshot["outputs"]!.AsObject();

    /// <summary>The app settings of the function app, by name.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        ResourcesOfType("Microsoft.Web/sites/config").Single()["properties"]!
            .AsObject()
            .ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    /// <summary>The role assignments as <c>principal: role on scope</c>, sorted.</summary>
    public IReadOnlyList<string> Roles =>
        [.. ResourcesOfType("Microsoft.Authorization/roleAssignments").Select(RoleOf).Order(StringComparer.Ordinal)];

    /// <summary>Gets the resources of a type.</summary>
    public IEnumerable<JsonObject> ResourcesOfType(string type) =>
        Resources.Where(resource => resource["type"]!.GetValue<string>() == type);

    /// <summary>
    /// Gets the last segments of the names of a type's resources, sorted; of those only whose full name starts with
    /// <paramref name="within"/>.
    /// </summary>
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
        var principalName =
            principal == Bicep.Deployer ? "deployer"
            : principal.Contains("userAssignedIdentities/id-blog-", StringComparison.Ordinal) ? "app"
            : principal.Contains("Microsoft.EventGrid/systemTopics", StringComparison.Ordinal) ? "events"
            : principal;
        var role = properties["roleDefinitionId"]!.GetValue<string>();
        var name = BuiltInRoles.NameOf(role[(role.LastIndexOf('/') + 1)..]);
        return $"{principalName}: {name} on {ScopeOf(assignment["id"]!.GetValue<string>())}";
    }

    /// <summary>
    /// Gets the type and name of the resource that a role is assigned on, without the token in names that differs
    /// between subscriptions.
    /// </summary>
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
