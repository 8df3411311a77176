using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Rules;

/// <summary>
/// GET /moderate/rules/edit: the rules in effect for comments. POST, by its field act: <c>try</c> runs the sent rules
/// on the latest comments (dry run), <c>save</c> saves them, <c>forget</c> deletes the saved rules, so that those of
/// the settings apply.
/// </summary>
public sealed class EditRules(
    AdminAuthentication authentication,
    RulesPageRenderer pages,
    RuleTable rules,
    RulesDryRun dryRun,
    SiteTable site,
    BlogSettings settings,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 256 * 1024;

    private static readonly Dictionary<string, TextReference> Meanwhile = new()
    {
        ["form"] = new TextReference("rules.meanwhile"),
    };

    /// <param name="request">The request; a POST has the fields of the rules, act and version.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(EditRules))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.RulesRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async moderator =>
                HttpMethods.IsPost(request.Method)
                    ? await ActAsync(
                        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken),
                        moderator,
                        cancellationToken
                    )
                    : await pages.ShowAsync(new RulesDraft(), cancellationToken),
            cancellationToken
        );

    private async Task<IResult> ActAsync(
        IFormCollection form,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        if (form.Field("act") == "forget")
        {
            if (!await rules.DeleteAsync(form.Field("version"), cancellationToken))
            {
                return await pages.ShowAsync(
                    new RulesDraft(Problems: Meanwhile),
                    cancellationToken,
                    StatusCodes.Status409Conflict
                );
            }

            await site.RaiseAsync(cancellationToken);
            return await pages.ShowAsync(new RulesDraft(Confirmation: "rules.forgotten"), cancellationToken);
        }

        var submitted = RulesForm.Read(form.Field);
        if (submitted.ApplyTo(settings.Comments, out var problems) is not { } accepted)
        {
            return await pages.ShowAsync(
                new RulesDraft(submitted, problems),
                cancellationToken,
                StatusCodes.Status400BadRequest
            );
        }

        if (form.Field("act") != "save")
        {
            var result = await dryRun.RunAsync(
                await rules.CurrentAsync(cancellationToken),
                accepted,
                cancellationToken
            );
            return await pages.ShowAsync(
                new RulesDraft(submitted, DryRun: result, Version: form.Field("version")),
                cancellationToken
            );
        }

        var saved = SavedRules.From(accepted, moderator.Author.Name, clock.GetUtcNow());
        var version = form.Field("version") is { Length: > 0 } sent ? sent : null;
        if (!await rules.SaveAsync(saved, version, cancellationToken))
        {
            return await pages.ShowAsync(
                new RulesDraft(submitted, Meanwhile),
                cancellationToken,
                StatusCodes.Status409Conflict
            );
        }

        // Every comment form says whether the first comment of a writer is held: all post pages are rendered again.
        await site.RaiseAsync(cancellationToken);
        return await pages.ShowAsync(new RulesDraft(Confirmation: "rules.saved"), cancellationToken);
    }
}
