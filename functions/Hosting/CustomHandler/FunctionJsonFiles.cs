using System.Text.Json.Nodes;

namespace ServerlessBlog.Hosting.CustomHandler;

/// <summary>
/// Writes the files in which the Functions host finds the functions: a folder with function.json for each one.
/// </summary>
/// <remarks>Format: https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers.</remarks>
public static class FunctionJsonFiles
{
    private const string FileName = "function.json";

    /// <summary>
    /// Writes <c>{directory}/{function}/function.json</c> for every function of the table. Deletes the function.json of
    /// functions that no longer exist.
    /// </summary>
    public static void Write(FunctionTable table, string directory)
    {
        // A remaining file of an older version would make the host invoke a function that does not exist: every message
        // of its queue would end in the poison queue.
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

    /// <summary>The content of function.json for one function.</summary>
    public static JsonObject Describe(FunctionDeclaration function) =>
        new() { ["bindings"] = CreateBindings(function) };

    // new JsonArray(...) instead of [...], which calls Add<T>: Native AOT warns about that one, at publish only.
    private static JsonArray CreateBindings(FunctionDeclaration function) =>
        function.Trigger switch
        {
            HttpTriggerAttribute http => new JsonArray(
                CreateInput(
                    "httpTrigger",
                    function,
                    ("authLevel", ToLower(http.AuthLevel.ToString())),
                    ("methods", ToJsonArray(http.Methods ?? [])),
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
                CreateInput("queueTrigger", function, ("queueName", queue.QueueName), ("connection", queue.Connection))
            ),
            TimerTriggerAttribute timer => new JsonArray(
                CreateInput("timerTrigger", function, ("schedule", timer.Schedule))
            ),
            _ => throw new InvalidOperationException($"{function.Name} has a trigger that no host knows."),
        };

    private static JsonObject CreateInput(
        string type,
        FunctionDeclaration function,
        params (string Name, JsonNode? Value)[] properties
    )
    {
        var binding = new JsonObject
        {
            ["type"] = type,
            ["direction"] = "in",
            ["name"] = function.Parameter,
        };
        foreach (var (name, value) in properties)
        {
            binding[name] = value;
        }

        return binding;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage(
        "Globalization",
        "CA1308",
        Justification = "The host requires lower case."
    )]
    private static string ToLower(string value) => value.ToLowerInvariant();

    private static JsonArray ToJsonArray(IEnumerable<string> values) =>
        new([.. values.Select(value => (JsonNode)value)]);
}
