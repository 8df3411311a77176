using System.Collections.Concurrent;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Answers that hold a moment longer, by the path as it was asked for: given again before routing, at next to no cost.</summary>
/// <remarks>
/// Nothing is fresher or staler for it: an answer holds as long as what it was made of, and no longer than until this instance knows of any change;
/// what changes too fast to be waited for, until it is next made.
/// </remarks>
public sealed class WarmPages(Generation generation, TimeProvider clock)
{
    /// <summary>The most answers that are held: what is asked for again within 2 s.</summary>
    private const int MaxHeld = 256;

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    private sealed record Held(IResult Answer, Validity Validity);

    /// <summary>Answers what is warm; hands on everything else.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) =>
        IsPlain(context.Request) && _held.TryGetValue(context.Request.Path.Value!, out var held) && Holds(held.Validity)
            ? held.Answer.ExecuteAsync(context)
            : next(context);

    /// <summary>Holds an answer that everybody may have.</summary>
    public void Hold(HttpRequest request, IResult answer, Validity validity)
    {
        if (!IsPlain(request) || !Holds(validity))
        {
            return;
        }

        if (_held.Count >= MaxHeld)
        {
            _held.Clear();
        }

        _held[request.Path.Value!] = new Held(answer, validity);
    }

    private bool Holds(Validity validity) => (validity.Generation is not { } made || made == generation.Current) && clock.GetUtcNow() < validity.Until;

    private static bool IsPlain(HttpRequest request) => !request.QueryString.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
