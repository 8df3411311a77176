using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>Writes what the Functions host reads: a folder with function.json for each function.</summary>
/// <remarks>Format: https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers.</remarks>
public static class FunctionJsonFiles
{
    private const string FileName = "function.json";

    /// <summary>Writes <c>{directory}/{function}/function.json</c> for every function of the table, and deletes those of functions that are no more.</summary>
    public static void Write(FunctionTable table, string directory)
    {
        // Published over an older version, the host would go on calling what is not there: each queue message would turn poison.
        foreach (
            var old in Directory
                .EnumerateDirectories(directory)
                .Select(folder => Path.Combine(folder, FileName))
                .Where(File.Exists)
                .ToList()
        )
        {
            File.Delete(old);
        }

        foreach (var function in table.All)
        {
            var folder = Directory.CreateDirectory(Path.Combine(directory, function.Name));
            File.WriteAllText(
                Path.Combine(folder.FullName, FileName),
                Describe(function).ToJsonString(new() { WriteIndented = true }) + "\n"
            );
        }
    }

    /// <summary>The function.json of one function.</summary>
    public static JsonObject Describe(FunctionDeclaration function) => new() { ["bindings"] = Bindings(function) };

    // new JsonArray(...), not [...]: that one calls Add<T>, which Native AOT warns about, and only at publish.
    private static JsonArray Bindings(FunctionDeclaration function) =>
        function.Trigger switch
        {
            HttpTriggerAttribute http => new JsonArray(
                In(
                    "httpTrigger",
                    function,
                    ("authLevel", Text(http.AuthLevel.ToString())),
                    ("methods", Texts(http.Methods ?? [])),
                    ("route", http.Route)
                ),
                new JsonObject
                {
                    ["type"] = "http",
                    ["direction"] = "out",
                    ["name"] = "res",
                }
            ),
            QueueTriggerAttribute queue => new JsonArray(
                In("queueTrigger", function, ("queueName", queue.QueueName), ("connection", queue.Connection))
            ),
            TimerTriggerAttribute timer => new JsonArray(In("timerTrigger", function, ("schedule", timer.Schedule))),
            _ => throw new InvalidOperationException($"{function.Name} has a trigger that no host knows."),
        };

    private static JsonObject In(
        string type,
        FunctionDeclaration function,
        params (string Name, JsonNode? Value)[] more
    )
    {
        var binding = new JsonObject
        {
            ["type"] = type,
            ["direction"] = "in",
            ["name"] = function.Parameter,
        };
        foreach (var (name, value) in more)
        {
            binding[name] = value;
        }

        return binding;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Globalization",
        "CA1308",
        Justification = "The host's own spelling is lower case."
    )]
    private static string Text(string value) => value.ToLowerInvariant();

    private static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
