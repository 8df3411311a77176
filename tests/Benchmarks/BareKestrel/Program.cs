// Serves one page from memory with Kestrel and nothing else, as fast as ASP.NET Core does that.
// Arguments: the port, and a folder with the page as files "identity" and "gzip", and its headers in "headers", one in
// each line ("Name: value").
using Microsoft.Extensions.Primitives;

var (port, folder) = (args[0], args[1]);
var identity = File.ReadAllBytes(Path.Combine(folder, "identity"));
var gzip = File.ReadAllBytes(Path.Combine(folder, "gzip"));
var headers = File.ReadAllLines(Path.Combine(folder, "headers"))
    .Select(line => line.Split(": ", 2))
    .Select(parts => KeyValuePair.Create(parts[0], new StringValues(parts[1])))
    .ToArray();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
var app = builder.Build();
app.Run(async context =>
{
    var isGzip = context.Request.Headers.AcceptEncoding == "gzip";
    var body = isGzip ? gzip : identity;
    foreach (var (name, value) in headers)
    {
        context.Response.Headers[name] = value;
    }

    if (isGzip)
    {
        context.Response.Headers.ContentEncoding = "gzip";
    }

    context.Response.ContentLength = body.Length;
    await context.Response.BodyWriter.WriteAsync(body);
});
app.Run();
