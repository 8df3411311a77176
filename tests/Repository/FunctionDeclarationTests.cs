using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Site;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The rules that every function declaration follows, so that both hosts can run it.</summary>
public sealed class FunctionDeclarationTests
{
    private static readonly string[] Reading = ["get", "head"];
    private static readonly string[] OfTheHost = ["admin", "runtime"];

    private static readonly IReadOnlyList<FunctionDeclaration> All = Program.Functions.All;

    [Fact]
    public void Every_class_with_a_function_is_in_the_table()
    {
        var declared = typeof(Program)
            .Assembly.GetTypes()
            .Where(type =>
                type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), inherit: false))
            );

        Assert.Equal(
            declared.Select(type => type.Name).Order(StringComparer.Ordinal),
            All.Select(function => function.Type.Name).Order(StringComparer.Ordinal)
        );
    }

    /// <summary>
    /// Functions whose class has another name. A function's name never changes: it is in the names of deployed folders,
    /// in alerts and logs, and the host orders routes by it.
    /// </summary>
    private static readonly Dictionary<string, string> RenamedClasses = new()
    {
        ["OpenDesk"] = nameof(OpenAdmin),
        ["SendNotice"] = nameof(SendNotification),
        ["SignIn"] = nameof(FollowSignInLink),
        ["WelcomeReader"] = nameof(ReadPost),
    };

    [Fact]
    public void A_function_has_the_name_of_its_class() =>
        Assert.All(All, function =>
            Assert.Equal(RenamedClasses.GetValueOrDefault(function.Name, function.Name), function.Type.Name)
        );

    [Fact]
    public void Names_are_apart_without_regard_to_case() =>
        Assert.Equal(
            All.Count,
            All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()
        );

    [Fact]
    public void A_function_has_one_of_three_shapes()
    {
        var wrong = All.Where(function =>
        {
            var (first, answer) = function.Trigger switch
            {
                HttpTriggerAttribute => (typeof(HttpRequest), typeof(Task<IResult>)),
                QueueTriggerAttribute => (typeof(string), typeof(Task)),
                _ => (typeof(TimerInfo), typeof(Task)),
            };
            return function.Method.Name != "RunAsync"
                || function.Method.ReturnType != answer
                || !function
                    .Method.GetParameters()
                    .Select(parameter => parameter.ParameterType)
                    .SequenceEqual([first, typeof(CancellationToken)]);
        });

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_queue_is_one_that_is_made_and_is_on_the_blogs_storage()
    {
        Assert.DoesNotContain(Program.Functions.With<QueueTriggerAttribute>(), queue =>
            !StorageNames.Queues.Contains(queue.Trigger.QueueName)
            || queue.Trigger.Connection != StorageNames.Connection
        );
        Assert.Equal(
            StorageNames.Queues.Count,
            Program.Functions.With<QueueTriggerAttribute>().Select(queue => queue.Trigger.QueueName).Distinct().Count()
        );
    }

    [Fact]
    public void No_two_routes_match_the_same_request_but_for_the_catch_all()
    {
        Assert.Empty(Overlaps(Program.Functions));
        Assert.Equal(
            ["POSTS/new and posts/{slug}", "posts/{slug} and posts/all/{number?}"],
            Overlaps(BadFunctions.Table)
        );
    }

    [Fact]
    public void The_catch_all_is_one_reads_only_and_comes_last_by_name()
    {
        Assert.Empty(WrongAboutTheCatchAll(Program.Functions));
        Assert.Equal(
            ["CatchAll takes more than get and head", "CatchAll is not the last by name"],
            WrongAboutTheCatchAll(BadFunctions.Table)
        );
        Assert.Equal(["there are 0"], WrongAboutTheCatchAll(new FunctionTable()));
    }

    [Fact]
    public void Nobody_outside_can_post_to_where_the_host_calls_functions()
    {
        Assert.Empty(OpenToPosts(Program.Functions));
        Assert.Equal(["CatchAll", "Form"], OpenToPosts(BadFunctions.Table));
    }

    [Fact]
    public void No_route_is_the_hosts_own()
    {
        Assert.Empty(TheHostsOwn(Program.Functions));
        Assert.Equal(["Users"], TheHostsOwn(BadFunctions.Table));
    }

    [Fact]
    public void No_route_is_empty_since_the_host_would_take_the_functions_name_for_it()
    {
        Assert.Empty(WithoutRoute(Program.Functions));
        Assert.Equal(["Start"], WithoutRoute(BadFunctions.Table));
    }

    private static IEnumerable<string> WithoutRoute(FunctionTable table) =>
        from http in table.With<HttpTriggerAttribute>()
        where string.IsNullOrEmpty(http.Trigger.Route)
        select http.Function.Name;

    private static IEnumerable<string> Overlaps(FunctionTable table) =>
        from one in table.With<HttpTriggerAttribute>()
        from other in table.With<HttpTriggerAttribute>()
        where string.CompareOrdinal(one.Function.Name, other.Function.Name) < 0
        where !IsCatchAll(one.Trigger) && !IsCatchAll(other.Trigger)
        where one.Trigger.Methods!.Intersect(other.Trigger.Methods!, StringComparer.OrdinalIgnoreCase).Any()
        where CanMeet(Segments(one.Trigger), Segments(other.Trigger))
        select $"{one.Trigger.Route} and {other.Trigger.Route}";

    private static IEnumerable<string> WrongAboutTheCatchAll(FunctionTable table)
    {
        var found = table.With<HttpTriggerAttribute>().Where(http => IsCatchAll(http.Trigger)).ToList();
        if (found is not [var (function, trigger)])
        {
            yield return $"there are {found.Count}";
            yield break;
        }

        if (!trigger.Methods!.SequenceEqual(Reading))
        {
            yield return $"{function.Name} takes more than get and head";
        }

        // The host compares names without case; other tools may compare them by character.
        if (
            new[] { StringComparer.OrdinalIgnoreCase, StringComparer.Ordinal }.Any(order =>
                table.All.Select(other => other.Name).Max(order) != function.Name
            )
        )
        {
            yield return $"{function.Name} is not the last by name";
        }
    }

    private static IEnumerable<string> OpenToPosts(FunctionTable table) =>
        from http in table.With<HttpTriggerAttribute>()
        where
            http.Trigger.Methods!.Except(Reading).Any()
            && table.All.Any(function => CanMeet(Segments(http.Trigger), [function.Name]))
        select http.Function.Name;

    private static IEnumerable<string> TheHostsOwn(FunctionTable table) =>
        from http in table.With<HttpTriggerAttribute>()
        where OfTheHost.Any(own => Segments(http.Trigger)[0].StartsWith(own, StringComparison.OrdinalIgnoreCase))
        select http.Function.Name;

    private static bool IsCatchAll(HttpTriggerAttribute trigger) => Segments(trigger) is [['{', '*', ..]];

    /// <summary>The segments of a route; one that matches the empty string only counts as empty.</summary>
    private static string[] Segments(HttpTriggerAttribute trigger) =>
        (trigger.Route ?? "").Replace("{home:length(0)?}", "", StringComparison.Ordinal).Split('/');

    /// <summary>
    /// Whether a path exists that both routes match. A {parameter} matches one segment that is not empty, a
    /// {parameter?} one segment or none, a {*parameter} all that follow.
    /// </summary>
    private static bool CanMeet(string[] one, string[] other)
    {
        if (one is [['{', '*', ..], ..] || other is [['{', '*', ..], ..])
        {
            return true;
        }

        if (one.Length == 0 || other.Length == 0)
        {
            return one.Concat(other).All(segment => segment.EndsWith("?}", StringComparison.Ordinal));
        }

        return CanBeSame(one[0], other[0]) && CanMeet(one[1..], other[1..]);
    }

    /// <summary>
    /// Whether a text exists that both segments match: what they have before and after a parameter agrees.
    /// </summary>
    private static bool CanBeSame(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return one == other;
        }

        var (start, otherStart) = (one.Split('{')[0], other.Split('{')[0]);
        var (end, otherEnd) = (one.Split('}')[^1], other.Split('}')[^1]);
        return (Starts(start, otherStart) || Starts(otherStart, start))
            && (Ends(end, otherEnd) || Ends(otherEnd, end))
            && (
                one.Contains('{', StringComparison.Ordinal)
                || other.Contains('{', StringComparison.Ordinal)
                || one.Equals(other, StringComparison.OrdinalIgnoreCase)
            );

        static bool Starts(string text, string with) => text.StartsWith(with, StringComparison.OrdinalIgnoreCase);
        static bool Ends(string text, string with) => text.EndsWith(with, StringComparison.OrdinalIgnoreCase);
    }
}
