using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>Waits for servers that were just started.</summary>
internal static class HttpWait
{
    /// <summary>Waits until a server gives any response.</summary>
    /// <exception cref="InvalidOperationException">Its process has ended.</exception>
    public static async Task UntilRespondingAsync(Uri server, ProgramRun run)
    {
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var response = await http.GetAsync(server);
                return;
            }
            catch (HttpRequestException) when (ProgramRun.IsRunning(run.Id))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
            catch (HttpRequestException)
            {
                throw new InvalidOperationException($"The server at {server} ended: {run.Errors}");
            }
        }
    }
}
