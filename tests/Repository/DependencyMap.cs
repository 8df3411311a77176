using System.Reflection;
using System.Reflection.Emit;

namespace ServerlessBlog.Tests.Repository;

/// <summary>
/// The dependencies between types, read from the compiled program: base types, signatures, fields, and the members that
/// method bodies refer to.
/// </summary>
/// <remarks>A constant of another type is copied at compile time and leaves no trace.</remarks>
internal static class DependencyMap
{
    private const BindingFlags Everything =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>
    /// Every pair of a type of the blog and a type that it depends on. Nested types count as their outermost type.
    /// </summary>
    public static IReadOnlyList<(Type Who, Type Knows)> Read() =>
        [
            .. typeof(Program)
                .Assembly.GetTypes()
                .Where(IsOurs)
                .SelectMany(type =>
                    KnownTo(type).SelectMany(Parts).Select(known => (Who: Outermost(type), Knows: Outermost(known)))
                )
                .Where(pair => pair.Who != pair.Knows)
                .Distinct(),
        ];

    /// <summary>The namespace of a type without ServerlessBlog; empty for Program.</summary>
    public static string NamespaceOf(Type type) =>
        type.Namespace!.Length > nameof(ServerlessBlog).Length
            ? type.Namespace[(nameof(ServerlessBlog).Length + 1)..]
            : "";

    /// <summary>
    /// Whether the type is one of the blog, and not one that the compiler or a source generator added.
    /// </summary>
    public static bool IsOurs(Type type) => Outermost(type).Namespace?.Split('.')[0] == nameof(ServerlessBlog);

    private static IEnumerable<Type?> KnownTo(Type type) =>
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Everything).Select(field => field.FieldType),
            .. type.GetMethods(Everything)
                .Cast<MethodBase>()
                .Concat(type.GetConstructors(Everything))
                .SelectMany(KnownTo),
        ];

    private static IEnumerable<Type?> KnownTo(MethodBase method)
    {
        IEnumerable<Type?> signature =
        [
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
        ];
        return method.GetMethodBody() is not { } body
            ? signature
            :
            [
                .. signature,
                .. body.LocalVariables.Select(local => local.LocalType),
                .. body
                    .ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                    .Select(clause => clause.CatchType),
                .. Tokens(body.GetILAsByteArray()!).SelectMany(token => Resolve(method, token)),
            ];
    }

    /// <summary>The metadata tokens in a method's code (ECMA-335, III.1.9 and VI.C).</summary>
    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length; )
        {
            var opCode = OpCodesByValue[code[at] == 0xFE ? (short)((0xFE << 8) | code[at + 1]) : code[at]];
            at += opCode.Size;
            if (
                opCode.OperandType
                is OperandType.InlineField
                    or OperandType.InlineMethod
                    or OperandType.InlineTok
                    or OperandType.InlineType
            )
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type?> Resolve(MethodBase method, int token)
    {
        var ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return method.Module.ResolveMember(token, ofType, ofMethod) switch
        {
            Type type => [type],
            MethodInfo called =>
            [
                called.DeclaringType,
                called.ReturnType,
                .. called.GetParameters().Select(parameter => parameter.ParameterType),
                .. called.GetGenericArguments(),
            ],
            ConstructorInfo made => [made.DeclaringType],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            _ => [],
        };
    }

    private static IEnumerable<Type> Parts(Type? type) =>
        type switch
        {
            null or { IsGenericParameter: true } => [],
            { HasElementType: true } => Parts(type.GetElementType()),
            { IsGenericType: true } =>
            [
                type.GetGenericTypeDefinition(),
                .. type.GetGenericArguments().SelectMany(Parts),
            ],
            _ => [type],
        };

    private static Type Outermost(Type type) => type.DeclaringType is { } around ? Outermost(around) : type;
}
