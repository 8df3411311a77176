using System.Globalization;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Cost;

/// <summary>A month of 31 days, for which a bill is computed.</summary>
/// <param name="Name">The name, as the document has it.</param>
/// <param name="Parts">What happens.</param>
internal sealed record Scenario(string Name, IReadOnlyList<ScenarioPart> Parts)
{
    /// <summary>The name of the month with 100,000 views.</summary>
    public const string Views100000 = "100,000 views";

    private const int Hours = 31 * 24;
    private const int Posts = 40;
    private const int Comments = 1_000;
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);

    /// <summary>The months of the document.</summary>
    public static IReadOnlyList<Scenario> All(Assumptions assumptions)
    {
        var (idle, busy) = (new Scenario("idle", [Idle]), ForViews(100_000, assumptions));
        return
        [
            idle,
            ForViews(10_000, assumptions),
            busy,
            ForViews(1_000_000, assumptions),
            busy with
            {
                Name = "with a front page",
                Parts =
                [
                    .. busy.Parts,
                    new(TimeSpan.FromHours(1), Views(50_000, rendered: 0, TimeSpan.FromHours(1), assumptions)),
                ],
            },
            busy with
            {
                Name = "with a flood",
                Parts =
                [
                    .. busy.Parts,
                    new(
                        TimeSpan.FromDays(1),
                        new Dictionary<string, double>
                        {
                            [Journey.RobotComment] = CommentSettings.DefaultMaxPerDay,
                            [Journey.RefusedComment] = 100_000 - CommentSettings.DefaultMaxPerDay,
                        }
                    ),
                ],
            },
        ];
    }

    private static ScenarioPart Idle { get; } =
        new(Month, new Dictionary<string, double> { [Journey.Hour] = Hours, [Journey.Night] = 31 });

    /// <summary>How many searches there are for each view: one for 100, each the first of its instance.</summary>
    public const double SearchesOfAView = 0.01;

    /// <summary>
    /// A month with these views, 40 posts and 1,000 comments: 700 approved by the rules, 200 held and approved by a
    /// moderator, one a visit, and 100 spam.
    /// </summary>
    private static Scenario ForViews(int views, Assumptions assumptions) =>
        new(
            $"{views.ToString("N0", CultureInfo.InvariantCulture)} views",
            [
                Idle,
                new(
                    Month,
                    new Dictionary<string, double>
                    {
                        [Journey.Post] = Posts,
                        [Journey.ApprovedComment] = 0.7 * Comments,
                        [Journey.HeldComment] = 0.2 * Comments,
                        [Journey.ModeratorVisit] = 0.2 * Comments,
                        [Journey.SpamComment] = 0.1 * Comments,
                    }
                ),
                new(
                    Month,
                    Views(
                        views,
                        (Posts * assumptions.PagesOfABlog) + (Comments * assumptions.PagesOfAComment),
                        Month,
                        assumptions
                    )
                ),
            ]
        );

    /// <summary>
    /// Views at random. No page is in the instance's memory, which is the dearest case; a page that has changed is
    /// rendered; an instance is new after a gap that is longer than an instance lives.
    /// </summary>
    private static Dictionary<string, double> Views(
        double views,
        double rendered,
        TimeSpan time,
        Assumptions assumptions
    )
    {
        var first = views * assumptions.NewReaders;
        var again = Math.Min(views - first, rendered);
        var onNewInstance = Math.Exp(-views * assumptions.SecondsUntilInstanceEnds / time.TotalSeconds);
        return new()
        {
            [Journey.FirstSearch] = views * SearchesOfAView,
            [Journey.FirstView] = first * onNewInstance,
            [Journey.FirstViewWarm] = first * (1 - onNewInstance),
            [Journey.RenderedView] = again,
            [Journey.NewView] = views - first - again,
        };
    }
}

/// <summary>A part of a month; what happens in it is spread at random.</summary>
/// <param name="Time">Its length.</param>
/// <param name="Journeys">How many journeys of each name there are.</param>
internal sealed record ScenarioPart(TimeSpan Time, IReadOnlyDictionary<string, double> Journeys);
