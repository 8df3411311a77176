using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Tests.Hosting;

/// <summary>The attributes that the house declares are Microsoft's: the functions compile against the real packages unchanged.</summary>
public sealed class WorkerAttributesTests
{
    /// <summary>
    /// Microsoft's declarations of these types: a line for the type, then one for each public constructor, property or enum member.
    /// Read in https://github.com/Azure/azure-functions-dotnet-worker at fb11333 (MIT): extensions/Worker.Extensions.Abstractions 1.3.0, .Http 3.3.0,
    /// .Storage.Queues 5.5.5 and .Timer 4.3.1, each below src/. A property that only they may set counts as one without a setter.
    /// </summary>
    private const string Microsofts = """
        abstract class Microsoft.Azure.Functions.Worker.Extensions.Abstractions.BindingAttribute : System.Attribute for Method

        abstract class Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute : Microsoft.Azure.Functions.Worker.Extensions.Abstractions.BindingAttribute for Parameter

        class Microsoft.Azure.Functions.Worker.FunctionAttribute : System.Attribute for Method
            (String name)
            String Name { get; }

        enum Microsoft.Azure.Functions.Worker.AuthorizationLevel : System.Enum
            Anonymous = 0
            User = 1
            Function = 2
            System = 3
            Admin = 4

        sealed class Microsoft.Azure.Functions.Worker.HttpTriggerAttribute : Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute for Parameter
            ()
            (params String[] methods)
            (AuthorizationLevel authLevel)
            (AuthorizationLevel authLevel, params String[] methods)
            String? Route { get; set; }
            String[]? Methods { get; }
            AuthorizationLevel AuthLevel { get; }

        sealed class Microsoft.Azure.Functions.Worker.QueueTriggerAttribute : Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute for Parameter
            (String queueName)
            String QueueName { get; }
            String? Connection { get; set; }

        sealed class Microsoft.Azure.Functions.Worker.TimerTriggerAttribute : Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute for Parameter
            (String schedule)
            String Schedule { get; }
            Boolean UseMonitor { get; set; }
            Boolean RunOnStartup { get; set; }

        class Microsoft.Azure.Functions.Worker.TimerInfo : System.Object
            ()
            ScheduleStatus? ScheduleStatus { get; set; }
            Boolean IsPastDue { get; set; }
        """;

    private static readonly Dictionary<string, string[]> Real = Microsofts.Split("\n\n").Select(type => type.Split('\n', StringSplitOptions.TrimEntries))
        .ToDictionary(lines => lines[0], lines => lines[1..]);

    [Fact]
    public void Every_declared_type_is_one_of_Microsofts() => Assert.Empty(Ours().Select(Head).Except(Real.Keys));

    [Fact]
    public void No_declared_member_is_other_than_Microsofts()
    {
        var foreign = Ours().SelectMany(type => Members(type).Except(Real.GetValueOrDefault(Head(type), [])).Select(member => $"{type.Name}: {member}"));

        Assert.Empty(foreign);
    }

    [Fact]
    public void What_is_not_Microsofts_is_noticed()
    {
        Assert.DoesNotContain(Head(typeof(QueueTriggerAttribute)).Replace("sealed ", "", StringComparison.Ordinal), Real.Keys);
        Assert.Equal(["(Int32 count, String? more)", "Int32 Count { get; set; }", "String? More { get; }"], Members(typeof(Foreign)));
        Assert.Equal($"sealed class {typeof(Foreign).FullName} : System.Attribute for All", Head(typeof(Foreign)));
    }

    private static IEnumerable<Type> Ours() => typeof(Program).Assembly.GetTypes()
        .Where(type => type.IsPublic && type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal));

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        var use = type.IsSubclassOf(typeof(Attribute)) ? $" for {type.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn}" : "";
        return $"{kind} {type.FullName} : {type.BaseType}{use}";
    }

    private static string[] Members(Type type) => type.IsEnum
        ? [.. Enum.GetNames(type).Select(name => $"{name} = {(int)Enum.Parse(type, name)}")]
        :
        [
            .. type.GetConstructors().Select(made => $"({string.Join(", ", made.GetParameters().Select(Describe))})"),
            .. type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(member => member is not (ConstructorInfo or MethodInfo { IsSpecialName: true }))
                .Select(member => member is PropertyInfo property ? Describe(property) : $"{member.MemberType} {member.Name}"),
        ];

    private static string Describe(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
        + $"{parameter.ParameterType.Name}{Mark(new NullabilityInfoContext().Create(parameter))} {parameter.Name}{(parameter.IsOptional ? " = ..." : "")}";

    private static string Describe(PropertyInfo property) =>
        $"{property.PropertyType.Name}{Mark(new NullabilityInfoContext().Create(property))} {property.Name} {{ get; {(property.GetSetMethod() is null ? "" : "set; ")}}}";

    private static string Mark(NullabilityInfo nullability) => nullability.ReadState == NullabilityState.Nullable ? "?" : "";

    [AttributeUsage(AttributeTargets.All)]
    private sealed class Foreign(int count, string? more) : Attribute
    {
        public int Count { get; set; } = count;

        public string? More { get; } = more;
    }
}
