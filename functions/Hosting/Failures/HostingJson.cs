using System.Text.Json.Nodes;

namespace ServerlessBlog.Hosting.Failures;

[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<FailedAttempt>))]
internal sealed partial class HostingJson : JsonSerializerContext;
