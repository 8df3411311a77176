using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;

namespace ServerlessBlog.Tests.Upgrade;

/// <summary>
/// Converts table rows to JSON objects and back, in the OData format of the Table Storage REST API: a type that JSON
/// cannot express has a property of its own.
/// </summary>
internal static class SnapshotRows
{
    private const string TypeSuffix = "@odata.type";

    /// <summary>Converts a row, without its ETag and timestamp, which storage assigns.</summary>
    public static JsonObject ToJson(TableEntity row)
    {
        var json = new JsonObject { ["PartitionKey"] = row.PartitionKey, ["RowKey"] = row.RowKey };
        foreach (var (name, value) in row.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (name is "PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")
            {
                continue;
            }

            var (node, type) = ToNode(name, value);
            json[name] = node;
            if (type is not null)
            {
                json[name + TypeSuffix] = type;
            }
        }

        return json;
    }

    /// <summary>Converts an object that <see cref="ToJson"/> returned back to the row.</summary>
    public static TableEntity FromJson(JsonObject json)
    {
        var row = new TableEntity();
        foreach (
            var (name, node) in json.Where(property => !property.Key.EndsWith(TypeSuffix, StringComparison.Ordinal))
        )
        {
            row[name] = ToValue(node!.AsValue(), json[name + TypeSuffix]?.GetValue<string>());
        }

        return row;
    }

    private static (JsonNode Node, string? Type) ToNode(string name, object value) =>
        value switch
        {
            string text => (JsonValue.Create(text), null),
            bool flag => (JsonValue.Create(flag), null),
            int number => (JsonValue.Create(number), null),
            double number => (JsonValue.Create(number), "Edm.Double"),
            long number => (JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)), "Edm.Int64"),
            DateTimeOffset time => (
                JsonValue.Create(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
                "Edm.DateTime"
            ),
            Guid id => (JsonValue.Create(id.ToString()), "Edm.Guid"),
            byte[] bytes => (JsonValue.Create(Convert.ToBase64String(bytes)), "Edm.Binary"),
            _ => throw new NotSupportedException($"{name} is a {value.GetType()}: write here how it is kept."),
        };

    private static object ToValue(JsonValue node, string? type) =>
        type switch
        {
            "Edm.Double" => node.GetValue<double>(),
            "Edm.Int64" => long.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture),
            "Edm.DateTime" => DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture),
            "Edm.Guid" => Guid.Parse(node.GetValue<string>()),
            "Edm.Binary" => Convert.FromBase64String(node.GetValue<string>()),
            null when node.TryGetValue<string>(out var text) => text,
            null when node.TryGetValue<bool>(out var flag) => flag,
            null => node.GetValue<int>(),
            _ => throw new NotSupportedException($"{type} is no type of a row."),
        };
}
