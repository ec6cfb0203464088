using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace CustomerService.Reporting.OData;

/// <summary>OData has no value before every value, PostgreSQL behind: links to the next page, which say what comes after a
/// row, would leave rows out. Ordering says it as OData does.</summary>
internal sealed class NullsFirst : OrderByBinder
{
    public override OrderByBinderResult BindOrderBy(OrderByClause orderByClause, QueryBinderContext context)
    {
        var first = base.BindOrderBy(orderByClause, context);
        return first is null ? first! : Say(first);
    }

    private static OrderByBinderResult Say(OrderByBinderResult column)
    {
        if (column.ThenBy is { } next)
        {
            column.ThenBy = Say(next);
        }

        return column.OrderByExpression is LambdaExpression lambda && MayBeNull(lambda.Body.Type)
            ? new OrderByBinderResult(
                Expression.Lambda(
                    Expression.NotEqual(lambda.Body, Expression.Constant(null, lambda.Body.Type)),
                    lambda.Parameters
                ),
                column.Direction
            )
            {
                ThenBy = column,
            }
            : column;
    }

    private static bool MayBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
