using System.Net;
using System.Net.Http.Headers;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Sends the notifications of webhooks: a POST of the text, signed by the Standard Webhooks specification.
/// </summary>
/// <remarks>https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md</remarks>
/// <param name="settings">The webhooks.</param>
/// <param name="http">Sends requests, as <see cref="PublicHttp"/> does.</param>
/// <param name="clock">The clock of the time limit and of the header webhook-timestamp.</param>
public sealed class WebhookSender(BlogSettings settings, HttpMessageInvoker http, TimeProvider clock) : INotifier
{
    /// <summary>
    /// How long a webhook may take to respond: 20 s, the middle of what the specification proposes (15 to 30 s).
    /// </summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var webhook = settings.Webhooks.FirstOrDefault(one => one.Key == notification.Webhook)
            ?? throw new NotifierException("Its webhook is no longer in Blog__Webhooks.")
            {
                Refusal = Refusal.Permanent,
            };
        using var timeout = new CancellationTokenSource(TimeLimit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = CreateRequest(webhook, notification);
            using var response = await http.SendAsync(request, linked.Token); // the body is not read
            ThrowUnlessTaken(webhook, response.StatusCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotifierException($"{webhook.Address.Host}: no answer within {TimeLimit.TotalSeconds} s.");
        }
        catch (HttpRequestException problem)
        {
            throw new NotifierException($"{webhook.Address.Host}: {problem.Message}");
        }
    }

    private static void ThrowUnlessTaken(Webhook webhook, HttpStatusCode status)
    {
        if ((int)status is < 200 or >= 300)
        {
            throw new NotifierException($"{webhook.Address.Host} answered {(int)status}.")
            {
                Refusal = status == HttpStatusCode.Gone ? Refusal.Permanent : Refusal.None,
            };
        }
    }

    private HttpRequestMessage CreateRequest(Webhook webhook, Notification notification)
    {
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(notification.Text));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Address) { Content = content };
        request.Headers.Add("User-Agent", "ServerlessBlog");
        request.Headers.Add("webhook-id", notification.Id);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", Sign(webhook, $"{notification.Id}.{time}.{notification.Text}"));
        return request;
    }

    private static string Sign(Webhook webhook, string message) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(webhook.Secret.Span, Encoding.UTF8.GetBytes(message)));
}

/// <summary>Hands each notification to the notifier that is meant: its webhook, or mail.</summary>
internal sealed class NotifierByKind(INotifier mail, INotifier webhooks) : INotifier
{
    /// <inheritdoc/>
    public Task SendAsync(Notification notification, CancellationToken cancellationToken) =>
        (notification.Webhook is null ? mail : webhooks).SendAsync(notification, cancellationToken);

    /// <inheritdoc/>
    public Task<INotifierConnection> OpenAsync(CancellationToken cancellationToken) =>
        mail.OpenAsync(cancellationToken);
}
