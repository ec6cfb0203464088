using System.Linq.Expressions;
using System.Reflection;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Reporting.Views;

/// <summary>A column of a set that may name or describe a person, as its comment in <c>bi.sql</c> says.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PersonalAttribute : Attribute;

/// <summary>
/// Columns that may name or describe a person: a BI reader gets them only where an operator grants it to the account, by
/// the setting <c>Bi:PersonalColumns</c>, a list of the accounts' ids. Staff see them in the records anyway. For accounts of
/// BI tools <c>accounts.sql</c> says the same by SQL.
/// </summary>
internal sealed class PersonalData(Caller caller, IConfiguration configuration)
{
    /// <summary>What stands in the place of a value that is not shown.</summary>
    public const string Masked = "***";

    private readonly bool _shown =
        caller.Actor.IsStaff()
        || (configuration.GetSection("Bi:PersonalColumns").Get<string[]>() ?? []).Contains(caller.Actor.Id);

    /// <summary>Whether the caller sees them.</summary>
    public bool IsShown => _shown;

    public string? Of(string? value) => _shown || value is null ? value : Masked;

    /// <summary>Rows in which the personal columns are masked before anything is asked of them: a condition on one must not
    /// find out what it is.</summary>
    public IQueryable<T> Of<T>(IQueryable<T> rows)
        where T : class
    {
        var columns = typeof(T).GetProperties();
        if (_shown || !columns.Any(column => column.IsDefined(typeof(PersonalAttribute))))
        {
            return rows;
        }

        var row = Expression.Parameter(typeof(T), "row");
        return rows.Select(
            Expression.Lambda<Func<T, T>>(
                Expression.MemberInit(
                    Expression.New(typeof(T)),
                    columns.Select(column => Expression.Bind(column, Shown(Expression.Property(row, column))))
                ),
                row
            )
        );
    }

    private static Expression Shown(MemberExpression value) =>
        value.Member.IsDefined(typeof(PersonalAttribute))
            ? Expression.Condition(
                Expression.Equal(value, Expression.Constant(null, typeof(string))),
                Expression.Constant(null, typeof(string)),
                Expression.Constant(Masked)
            )
            : value;
}
