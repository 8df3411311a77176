using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin;

/// <summary>Texts of the admin area for states, actions and their results, in the language of the blog.</summary>
internal static class AdminText
{
    /// <summary>All states of a comment, in the order of the tabs.</summary>
    public static IList<CommentState> States { get; } =
    [CommentState.Held, CommentState.Waiting, CommentState.Approved, CommentState.Spam, CommentState.Trash];

    /// <summary>The tab of a state.</summary>
    /// <param name="texts">Interface texts of the blog.</param>
    /// <param name="state">The state.</param>
    /// <param name="count">Number of comments in the state, see <see cref="AdminMenu.Format"/>.</param>
    public static StateTabView TabFor(SiteTexts texts, CommentState state, int count) =>
        new(
            NameOf(texts, state),
            AddressOf(state),
            AdminMenu.Format(count),
            texts[state == CommentState.Held ? "admin.none-held" : "admin.none"]
        );

    /// <summary>The address of the list of the comments in a state.</summary>
    public static string AddressOf(CommentState state) => AdminPaths.Comments(WordOf(state));

    /// <summary>The name of a state, for example "Held".</summary>
    public static string NameOf(SiteTexts texts, CommentState state) => texts[$"admin.state-{WordOf(state)}"];

    /// <summary>The actions on comments in a state, the most frequent first.</summary>
    public static IReadOnlyList<ActionButtonView> ActionsFor(SiteTexts texts, CommentState state)
    {
        ModeratorAction[] actions = state switch
        {
            CommentState.Waiting =>
            [
                ModeratorAction.Approve,
                ModeratorAction.Hold,
                ModeratorAction.Spam,
                ModeratorAction.Trash,
            ],
            CommentState.Held => [ModeratorAction.Approve, ModeratorAction.Spam, ModeratorAction.Trash],
            CommentState.Approved => [ModeratorAction.Hold, ModeratorAction.Spam, ModeratorAction.Trash],
            CommentState.Spam => [ModeratorAction.Restore, ModeratorAction.Approve, ModeratorAction.Trash],
            _ => [ModeratorAction.Restore, ModeratorAction.Spam],
        };
        return
        [
            .. actions.Select(action => new ActionButtonView(WordOf(action), texts[$"admin.act-{WordOf(action)}"])),
        ];
    }

    /// <summary>One or two sentences about the result of an action, for example "2 comments held."</summary>
    public static string SentenceFor(SiteTexts texts, BulkResult result)
    {
        var changed = (result.Changed.Count, result.Skipped) switch
        {
            (0, 0) => texts["admin.nothing-chosen"],
            (0, _) => texts["admin.nothing-changed"],
            var (count, _) => texts.Count($"admin.did-{WordOf(result.Action)}", count),
        };
        return result.Skipped == 0 ? changed : $"{changed} {texts.Count("admin.skipped", result.Skipped)}";
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses, form values and keys are in lower case.")]
    private static string WordOf<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
