using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Tests.House;

/// <summary>What every function keeps to, so that both hosts can run it.</summary>
public sealed class ArchitectureOfFunctionsTests
{
    private static readonly string[] Reading = ["get", "head"];
    private static readonly string[] OfTheHost = ["admin", "runtime"];

    private static readonly IReadOnlyList<FunctionDeclaration> All = Program.Functions.All;

    private static readonly IReadOnlyList<(FunctionDeclaration Function, HttpTriggerAttribute Trigger)> Http =
        [.. Program.Functions.With<HttpTriggerAttribute>()];

    [Fact]
    public void Every_class_with_a_function_is_in_the_table()
    {
        var declared = typeof(Program).Assembly.GetTypes()
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(FunctionAttribute), inherit: false)));

        Assert.Equal(declared.Select(type => type.Name).Order(StringComparer.Ordinal), All.Select(function => function.Type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_function_has_the_name_of_its_class() =>
        Assert.DoesNotContain(All, function => function.Name != function.Type.Name);

    [Fact]
    public void Names_are_apart_without_regard_to_case() =>
        Assert.Equal(All.Count, All.Select(function => function.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count());

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
                || !function.Method.GetParameters().Select(parameter => parameter.ParameterType).SequenceEqual([first, typeof(CancellationToken)]);
        });

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_queue_is_one_that_is_made_and_is_on_the_blogs_storage()
    {
        Assert.DoesNotContain(
            Program.Functions.With<QueueTriggerAttribute>(),
            queue => !StorageNames.Queues.Contains(queue.Trigger.QueueName) || queue.Trigger.Connection != StorageNames.Connection);
        Assert.Equal(StorageNames.Queues.Count, Program.Functions.With<QueueTriggerAttribute>().Select(queue => queue.Trigger.QueueName).Distinct().Count());
    }

    [Fact]
    public void No_two_routes_match_the_same_request_but_for_the_catch_all()
    {
        var overlaps =
            from one in Http
            from other in Http
            where string.CompareOrdinal(one.Function.Name, other.Function.Name) < 0
            where Segments(one) is not ["{*path}"] && Segments(other) is not ["{*path}"]
            where one.Trigger.Methods!.Intersect(other.Trigger.Methods!, StringComparer.OrdinalIgnoreCase).Any()
            where CanMeet(Segments(one), Segments(other))
            select $"{one.Trigger.Route} and {other.Trigger.Route}";

        Assert.Empty(overlaps);
    }

    [Fact]
    public void The_catch_all_is_one_reads_only_and_comes_last_by_name()
    {
        var (function, trigger) = Assert.Single(Http, http => Segments(http) is [['{', '*', ..]]);

        Assert.Equal(Reading, trigger.Methods!);
        Assert.Equal(function.Name, All.Select(other => other.Name).Max(StringComparer.OrdinalIgnoreCase));
        Assert.Equal(function.Name, All.Select(other => other.Name).Max(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_outside_can_post_to_where_the_host_calls_functions() =>
        Assert.DoesNotContain(Http, http => http.Trigger.Methods!.Except(Reading).Any() && All.Any(function => CanMeet(Segments(http), [function.Name])));

    [Fact]
    public void No_route_is_the_hosts_own() =>
        Assert.DoesNotContain(Http, http => OfTheHost.Any(own => Segments(http)[0].StartsWith(own, StringComparison.OrdinalIgnoreCase)));

    private static string[] Segments((FunctionDeclaration Function, HttpTriggerAttribute Trigger) http) => (http.Trigger.Route ?? "").Split('/');

    /// <summary>Whether some path matches both. A {parameter} matches every segment but an empty one, a {*parameter} all that follow.</summary>
    private static bool CanMeet(ReadOnlySpan<string> one, ReadOnlySpan<string> other)
    {
        if (one is [['{', '*', ..]] || other is [['{', '*', ..]])
        {
            return true;
        }

        if (one.IsEmpty || other.IsEmpty)
        {
            return one.IsEmpty && other.IsEmpty;
        }

        var isSame = (one[0], other[0]) switch
        {
            (['{', ..], var text) => text.Length > 0,
            (var text, ['{', ..]) => text.Length > 0,
            var (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase),
        };
        return isSame && CanMeet(one[1..], other[1..]);
    }
}
